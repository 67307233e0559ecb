/** Name of this kind of arm, in the table `arms` and of its queue. */
export const REMOTE = 'remote';
