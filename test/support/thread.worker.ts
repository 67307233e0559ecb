/** What a thread may do to the process that started it. */
export default (deed: 'answer' | 'throw' | 'loop' | 'hoard' | 'environment'): unknown => {
  const hoard: number[][] = [];
  switch (deed) {
    case 'answer':
      return { done: deed };
    case 'environment':
      return process.env;
    case 'throw':
      throw new TypeError('thrown in the thread');
    case 'loop':
      for (;;);
    case 'hoard':
      for (;;) hoard.push(new Array<number>(1_000).fill(1.5));
  }
};
