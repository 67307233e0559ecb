import { hostBounds } from './host-bounds';

const LISTED = ['listed.example.com'];

it.each<[string, Parameters<typeof hostBounds>[0], object]>([
  ['no narrowing', { capabilities: ['HttpGet'] }, { hosts: LISTED }],
  [
    'narrowed',
    { capabilities: ['HttpGet'], hosts: { HttpGet: ['A.Example.com.'] } },
    { hosts: LISTED, granted: ['a.example.com'] },
  ],
  [
    'another capability narrowed',
    { capabilities: ['HttpGet'], hosts: { HttpPost: ['a.example.com'] } },
    { hosts: LISTED },
  ],
  ['all hosts', { capabilities: ['HttpGet', 'HttpAllHosts'] }, { hosts: undefined }],
  [
    'some hosts beyond the list',
    { capabilities: ['HttpGet', 'HttpAllHosts'], hosts: { HttpAllHosts: ['b.example.com'] } },
    { hosts: [...LISTED, 'b.example.com'] },
  ],
  [
    'hosts beyond the list that are not granted at all',
    { capabilities: ['HttpGet'], hosts: { HttpAllHosts: ['b.example.com'] } },
    { hosts: LISTED },
  ],
])('%s', (_, request, bounds) => expect(hostBounds(request, ['HttpGet'], LISTED)).toEqual(bounds));
