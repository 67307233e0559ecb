/** A caller's `holder` as the column of `tasks` keeps it: 80 characters at most, none for nobody. */
export const keptHolder = (holder = ''): string => holder.slice(0, 80);
