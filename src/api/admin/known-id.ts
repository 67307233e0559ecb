import { UserError } from '../../common/errors';
import { isUuid } from '../../common/ids';
import { echoText } from '../http/echo';

/**
 * The id from an address, if it can be one at all.
 * @throws UserError `resource_not_found`, as for an id that names nothing.
 */
export const knownId = (id: string): string => {
  if (isUuid(id)) return id;
  throw new UserError('resource_not_found', `There is nothing with the id ${echoText(id)}.`);
};
