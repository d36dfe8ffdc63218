/** What has to be set up so that a Dashboard knows of calls. */
export const COUNTING =
  'enable_analytics of the gateway, a Tyk Pump that writes aggregates, and enable_aggregate_lookups of the Dashboard';
