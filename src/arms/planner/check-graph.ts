/** Whatever names a node; compared by identity, so `1` and `'1'` are two nodes. */
export type NodeId = string | number;

/** `[before, after]`: the second node needs the first. */
export type Edge = readonly [before: NodeId, after: NodeId];

export interface GraphProblem {
  kind: 'duplicate_node' | 'dangling_edge' | 'self_edge' | 'cycle';
  message: string;
  /** The nodes concerned; for a cycle in the order they follow one another. */
  nodes: NodeId[];
}

export interface GraphCheck {
  problems: GraphProblem[];
  /** Every node after all it needs, otherwise in the order given. Empty when there are problems. */
  order: NodeId[];
}

/**
 * Says whether nodes and edges form a directed acyclic graph, and if so in which order to walk it. Time is linear in
 * nodes plus edges (Kahn), so graphs of any size may be given.
 */
export const checkGraph = (nodes: readonly NodeId[], edges: readonly Edge[]): GraphCheck => {
  const problems: GraphProblem[] = [];
  const known = new Set<NodeId>();
  for (const node of nodes) {
    if (known.has(node)) {
      problems.push({ kind: 'duplicate_node', message: `${node} appears more than once`, nodes: [node] });
    }
    known.add(node);
  }

  const successors = new Map<NodeId, NodeId[]>();
  const predecessors = new Map<NodeId, NodeId[]>();
  for (const [before, after] of edges) {
    const missing = [before, after].filter((node) => !known.has(node));
    if (missing.length > 0) {
      const message = `${after} depends on ${before}, but there is no ${missing.join(' and no ')}`;
      problems.push({ kind: 'dangling_edge', message, nodes: [before, after] });
    } else if (before === after) {
      problems.push({ kind: 'self_edge', message: `${after} depends on itself`, nodes: [after] });
    } else {
      append(successors, before, after);
      append(predecessors, after, before);
    }
  }

  const order = walk(known, successors, predecessors);
  if (order.length < known.size) {
    const cycle = findCycle(known, new Set(order), predecessors);
    problems.push({ kind: 'cycle', message: `${[...cycle, cycle[0]].join(' → ')} is a cycle`, nodes: cycle });
  }
  return { problems, order: problems.length === 0 ? order : [] };
};

const append = (lists: Map<NodeId, NodeId[]>, key: NodeId, value: NodeId): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

const walk = (
  nodes: Iterable<NodeId>,
  successors: Map<NodeId, NodeId[]>,
  predecessors: Map<NodeId, NodeId[]>,
): NodeId[] => {
  const waitingFor = new Map<NodeId, number>();
  for (const node of nodes) waitingFor.set(node, predecessors.get(node)?.length ?? 0);
  const order = [...waitingFor].filter(([, count]) => count === 0).map(([node]) => node);
  // The array grows while it is walked: it is the queue and the result in one.
  for (const node of order) {
    for (const next of successors.get(node) ?? []) {
      const left = (waitingFor.get(next) ?? 0) - 1;
      waitingFor.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
};

/** A node that could not be ordered has a predecessor that could not either: going back must come round. */
const findCycle = (
  nodes: Iterable<NodeId>,
  ordered: ReadonlySet<NodeId>,
  predecessors: Map<NodeId, NodeId[]>,
): NodeId[] => {
  const path: NodeId[] = [];
  const positions = new Map<NodeId, number>();
  let node = [...nodes].find((candidate) => !ordered.has(candidate));
  while (node !== undefined && !positions.has(node)) {
    positions.set(node, path.length);
    path.push(node);
    node = predecessors.get(node)?.find((candidate) => !ordered.has(candidate));
  }
  return path.slice(node === undefined ? 0 : positions.get(node)).reverse();
};
