/** What a check found: fine, something to know, or a fault and how to mend it. */
export interface Finding {
  state: 'ok' | 'note' | 'fault';
  what: string;
  mend?: string;
}

export type Check = () => Promise<Finding>;

export const ok = (what: string): Finding => ({ state: 'ok', what });
export const note = (what: string, mend: string): Finding => ({ state: 'note', what, mend });
export const fault = (what: string, mend: string): Finding => ({ state: 'fault', what, mend });
