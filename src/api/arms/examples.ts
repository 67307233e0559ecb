const WEATHER_INPUT = {
  type: 'object',
  required: ['location'],
  properties: {
    location: { type: 'string' },
    days: { type: 'integer', minimum: 1, maximum: 14, default: 5 },
    include_analysis: { type: 'boolean', default: true },
  },
};

/** Requests shown in the documentation. Each one works as it stands; the arm is unavailable until something listens there. */
export const ARM_EXAMPLES = {
  flat: {
    summary: 'An arm by its address',
    value: {
      arm_id: 'weather',
      endpoint: 'http://127.0.0.1:8103',
      description: 'Forecasts the weather of a place',
      capabilities: ['weather_forecast', 'weather_analysis', 'location_weather'],
      input_schema: WEATHER_INPUT,
      cost_tier: 1,
    },
  },
  nested: {
    summary: 'The same as the TypeScript SDK sends it',
    value: {
      arm_id: 'weather',
      capability: {
        name: 'Weather',
        description: 'Forecasts the weather of a place',
        input_schema: WEATHER_INPUT,
        output_schema: { type: 'object' },
        capabilities: ['weather_forecast', 'weather_analysis', 'location_weather'],
        cost_tier: 1,
        endpoint: 'http://127.0.0.1:8103/execute',
      },
    },
  },
  described: {
    summary: 'Capabilities described one by one',
    value: {
      arm_id: 'weather',
      arm_type: 'custom',
      endpoint: 'http://127.0.0.1:8103',
      health_check_endpoint: '/health',
      capabilities: [
        {
          capability_name: 'weather_forecast',
          description: 'Forecasts the weather of a place',
          input_schema: WEATHER_INPUT,
          output_schema: { type: 'object' },
          cost_tier: 1,
          avg_latency_ms: 300,
        },
      ],
      metadata: { team: 'meteorology' },
    },
  },
};
