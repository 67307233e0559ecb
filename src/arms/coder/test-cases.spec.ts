import { countCases } from './test-cases';

it.each([
  [
    'python',
    'def test_a(): ...\nasync def test_b(): ...\nclass TestC:\n    def test_c(self): ...\ndef helper(): ...',
    3,
  ],
  ['javascript', "test('a', () => 1);\n  it('b', f);\nfunction test_c() {}\nregexp.test(x);", 3],
  ['typescript', "test.each([[1]])('a', f);\nconst test_b = () => 1;", 2],
  ['go', 'func TestA(t *testing.T) {}\nfunc helper() {}', 1],
  ['rust', '#[test]\nfn a() {}\n#[tokio::test]\nasync fn b() {}', 2],
  ['java', '@Test void a() {}\n@ParameterizedTest void b(int x) {}', 2],
  ['python', '', 0],
])('cases in %s', (language, tests, cases) => {
  expect(countCases(tests, language)).toBe(cases);
});
