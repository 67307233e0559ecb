/** Requests shown in the documentation. Each one works as it stands. */
export const NEW_KEY_EXAMPLES = {
  live: { summary: 'For a program', value: { name: 'billing service', type: 'live' } },
  reader: {
    summary: 'May read tasks only, for a month',
    value: { name: 'dashboard', type: 'live', scopes: ['task:read'], expires_in_days: 30 },
  },
  test: { summary: 'For trying things out', value: { name: 'laptop', type: 'test', expires_in_days: 7 } },
};

export const ROTATION_EXAMPLES = {
  soon: { summary: 'The old key works for one more hour', value: { grace_hours: 1 } },
  now: { summary: 'The old key ends at once', value: { grace_hours: 0 } },
};

export const NEW_TOKEN_EXAMPLES = {
  opaque: {
    summary: 'For capability_token of /execute',
    value: { arm_id: 'executor', capabilities: ['ShellRead', 'FilesystemRead'], metadata: { purpose: 'look at logs' } },
  },
  jwt: {
    summary: 'Signed, with constraints, for ten minutes',
    value: {
      arm_id: 'executor',
      kind: 'jwt',
      lifetime_seconds: 600,
      capabilities: [{ action: 'execute_command', resource: '*', constraints: { command: ['ls', 'cat'] } }],
    },
  },
};

export const VERIFICATION_EXAMPLES = {
  unknown: { summary: 'A token nobody issued', value: { token: 'tok_0000000000000000000000000000000000000000' } },
};
