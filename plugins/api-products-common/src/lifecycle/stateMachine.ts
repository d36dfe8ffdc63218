/**
 * A life as a table: for each state, which event leads to which other state. Everything that is not in the table is
 * impossible, and every change that the backend makes is looked up here first.
 */

/** The allowed transitions of one noun. A state without events is final. @public */
export interface Lifecycle<State extends string, Event extends string> {
  /** What it is called in messages, e.g. `access request`. */
  readonly noun: string;
  readonly initial: State;
  readonly transitions: {
    readonly [from in State]: { readonly [event in Event]?: State };
  };
}

/** The state that an event leads to, or undefined where it is not allowed. @public */
export function nextState<State extends string, Event extends string>(
  lifecycle: Lifecycle<State, Event>,
  from: State,
  event: Event,
): State | undefined {
  return lifecycle.transitions[from][event];
}

/** Whether an event leads from one state directly to another. @public */
export function canBecome<State extends string, Event extends string>(
  lifecycle: Lifecycle<State, Event>,
  from: State,
  to: State,
): boolean {
  return Object.values(lifecycle.transitions[from]).includes(to);
}

/** Whether nothing leads out of a state. @public */
export function isFinal<State extends string, Event extends string>(
  lifecycle: Lifecycle<State, Event>,
  state: State,
): boolean {
  return Object.keys(lifecycle.transitions[state]).length === 0;
}
