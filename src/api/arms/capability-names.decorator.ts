import { ValidateBy } from 'class-validator';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;
const MOST = 50;

const nameOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'capability_name' in item ? item.capability_name : item;

/** A list of capabilities: names, or objects with a `capability_name`. */
export const CapabilityNames = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCapabilityList',
    validator: {
      validate: (value: unknown) =>
        Array.isArray(value) &&
        value.length >= 1 &&
        value.length <= MOST &&
        value.map(nameOf).every((name) => typeof name === 'string' && NAME.test(name)),
      defaultMessage: () =>
        `$property must be a list of 1 to ${MOST} capabilities, each a name such as weather_forecast or an object with such a capability_name`,
    },
  });
