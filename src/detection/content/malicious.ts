import type { Detector } from '../core/detector';
import { COMMAND_INJECTION } from './command-injection';
import { PATH_TRAVERSAL } from './path-traversal';
import { QUERY_INJECTION } from './query-injection';
import { detectorsOf } from './rule';
import { SQL_INJECTION } from './sql-injection';
import { TEMPLATE_INJECTION } from './template-injection';
import { XSS } from './xss';

/**
 * Texts that would do harm where they are run; their risk is high. Kinds are the four the guardian has names for. What is
 * none of them stands under what it ends in: query languages under `sql_injection`, templates under `command_injection`,
 * XML entities that read files under `path_traversal`, split headers under `xss`.
 */
export const MALICIOUS: readonly Detector[] = detectorsOf(
  [...SQL_INJECTION, ...QUERY_INJECTION, ...XSS, ...PATH_TRAVERSAL, ...COMMAND_INJECTION, ...TEMPLATE_INJECTION],
  'high',
);
