import { UserError } from '../../common/errors';

/** Variables that change which program runs, or what is loaded into it, and not what it works on. */
const STEERING =
  /^(PATH|IFS|ENV|HOME|SHELL|SHELLOPTS|BASH\w*|LD_\w*|DYLD_\w*|GLIBC_\w*|MALLOC_\w*|GCONV_PATH|PYTHON\w*|NODE_\w*|GIT_\w*|PERL\w*|RUBY\w*|EDITOR|VISUAL|BROWSER|\w*PAGER|MAN\w*|XDG_\w*|LESS\w*|GREP_OPTIONS|OPENSSL_\w*)$/i;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** Throws `UserError` `capability_denied` for a variable that would steer the program itself. */
export const checkEnvironment = (env: Record<string, string>): void => {
  for (const name of Object.keys(env)) {
    if (!NAME.test(name)) {
      throw new UserError('validation_error', 'env: a name has letters, digits and _ only, 1 to 100 of them.', {
        details: { field: 'env', constraint: 'names' },
      });
    }
    if (STEERING.test(name)) {
      throw new UserError(
        'capability_denied',
        `env: ${name} steers the program itself and may not be set; leave it out.`,
      );
    }
  }
};
