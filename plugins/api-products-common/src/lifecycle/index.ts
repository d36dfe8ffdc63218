export * from './stateMachine';
export * from './accessRequest';
export * from './subscription';
export * from './credential';
export * from './planChange';
