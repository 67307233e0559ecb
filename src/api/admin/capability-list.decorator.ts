import { ValidateBy } from 'class-validator';
import { isRecord } from '../../common/is-record';

const MAX_CAPABILITIES = 50;
const MAX_BYTES = 4_000;
const ACTION = /^[A-Za-z][A-Za-z0-9_.:-]{0,99}$/;
const FIELDS = ['action', 'resource', 'constraints'];

const isAction = (value: unknown): boolean => typeof value === 'string' && ACTION.test(value);

const isCapability = (value: unknown): boolean => {
  if (!isRecord(value)) return isAction(value);
  const { action, resource, constraints } = value;
  return (
    isAction(action) &&
    (resource === undefined || (typeof resource === 'string' && resource !== '' && resource.length <= 500)) &&
    (constraints === undefined || isRecord(constraints)) &&
    Object.keys(value).every((name) => FIELDS.includes(name)) &&
    Buffer.byteLength(JSON.stringify(value)) <= MAX_BYTES
  );
};

/** Names of actions, or objects `{action, resource?, constraints?}`. */
export const CapabilityList = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCapabilityList',
    validator: {
      validate: (value: unknown) =>
        Array.isArray(value) && value.length > 0 && value.length <= MAX_CAPABILITIES && value.every(isCapability),
      defaultMessage: () =>
        `$property must be a list of 1 to ${MAX_CAPABILITIES} actions such as "execute_command", or objects {action, resource?, constraints?} of at most ${MAX_BYTES} bytes`,
    },
  });
