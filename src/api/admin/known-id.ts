import { UserError } from '../../common/errors';
import { echoText } from '../http/echo';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id from an address, if it can be one at all.
 * @throws UserError `resource_not_found`, as for an id that names nothing.
 */
export const knownId = (id: string): string => {
  if (UUID.test(id)) return id;
  throw new UserError('resource_not_found', `There is nothing with the id ${echoText(id)}.`);
};
