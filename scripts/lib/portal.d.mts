/** Types for the end-to-end tests; the meaning of each is in portal.mjs. */
export interface Ports {
  FRONTEND_PORT: number;
  BACKEND_PORT: number;
  TYK_SANDBOX_GATEWAY_PORT: number;
  TYK_SANDBOX_DASHBOARD_PORT: number;
  TYK_SANDBOX_CONTROL_PORT: number;
}

export interface Portal {
  frontendUrl: string;
  backendUrl: string;
  gatewayUrl: string;
  dashboardUrl: string;
  controlUrl: string;
  died: Promise<string>;
  stop(): Promise<void>;
}

export interface StartPortalOptions {
  ports: Ports;
  dataDir: string;
  frontend?: string;
  watch?: boolean;
  env?: NodeJS.ProcessEnv;
  say?(line: string): void;
  onLine?(service: string, line: string): void;
  signal?: AbortSignal;
}

export function startPortal(options: StartPortalOptions): Promise<Portal>;

export function tokenFor(backendUrl: string, person: string): Promise<string>;
