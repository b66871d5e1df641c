// @ts-check
'use strict';

// Fragments that leave the place of a value in an SQL statement. Comments are white space by now. A text that is a statement of
// its own, as in a question about SQL, is left alone: a probe starts where a value stood.

/** A query of its own from the start, which is no value that a quote or a number ends. */
const STATEMENT =
  /^\s*(?:[^\d\s'"-][^'"]*)?\b(?:select\b[\s\S]*?\bfrom|insert\s+into|update\s+[\w."`]+\s+set|delete\s+from|create\s+(?:table|view|index|database)|with\s+\w+\s+as|set\s+\w+|use\s+\w+|grant|alter\s+table|drop\s+table|call\s+\w+|show\s+\w+|copy\s+\w+)\b[\s\S]*?\b(?:or|and|union|drop|truncate|alter|delete|insert|update|exec|shutdown|waitfor|order|select)\b/i;

module.exports = {
  unless: STATEMENT,
  rules: {
    'sql-tautology':
      /['"]\s*\)*\s*(?:x?or|and|\|\||&&)\s*\(*\s*(?:not\s+)?(?:\d+\s*(?:=|<|>|<>|!=|like)\s*['"]?\d|(?:'[^']*'|"[^"]*")\s*(?:=|like)\s*['"(]|(?:true|\d+)\s*(?:--|#))/i,
    'sql-tautology-number':
      /^\s*-?\d+\s*\)*\s*(?:x?or|and|\|\||&&)\s*\(*\s*(?:not\s+)?(?:\d+\s*(?:=|<|>|<>|!=)\s*\d|(?:'[^']*'|"[^"]*")\s*(?:=|like)\s*['"]|true\s*(?:--|#))/i,
    'sql-union':
      /(?:^\s*[-\w.@%]*|['"])\s*\)*\s*union\s+(?:all\s+|distinct\s+)?\(?\s*select\s+(?:null\b|\d+\b|@@|\*|char\s*\(|concat|group_concat|version\s*\(|user\s*\(|database\s*\(|load_file|0x|'|"|\w+\s*(?:,|from\b|\())/i,
    'sql-comment-end': /^[\w.@+-]+['"]\s*\)*\s*;?\s*(?:--|#|\/\*)[\s-]*$/,
    'sql-stacked':
      /(?:^\s*-?\d+|['"])\s*\)*\s*;\s*(?:(?:drop|truncate|alter)\s+(?:table|database|schema|user)\b|delete\s+from\s|insert\s+into\s|update\s+\w+\s+set\s|exec(?:ute)?\s+(?:master|xp_|sp_|\()|shutdown\b|waitfor\s+delay\b|declare\s+@|select\s+(?:pg_sleep|sleep|\*|\w+\s+from)\b)/i,
    'sql-delay':
      /(?:^\s*-?\d+|['"])\s*\)*\s*(?:(?:x?or|and|\|\||&&|\+|-|;\s*select\b)\s*\(*\s*(?:select\s+)?(?:case\s+when\b.*|if\s*\(.*|\*\s+from\s*\(\s*select\s*\(*)?)(?:(?:pg_)?sleep|benchmark|dbms_pipe\.receive_message|randomblob)\s*\(\s*['"\d]/i,
    'sql-delay-mssql': /(?:^\s*-?\d*|['"])\s*\)*\s*;?\s*(?:if\b.*)?\bwaitfor\s+delay\s+['"]\d/i,
    'sql-subquery':
      /(?:^\s*-?\d+|['"])\s*\)*\s*(?:x?or|and|\|\||&&|\+|-)\s*\(*\s*(?:\(\s*select\s|exists\s*\(\s*select\s|(?:ascii|ord|substr|substring|mid|length|len|char_length|unicode)\s*\(\s*(?:\(?\s*select\s|substr|mid|user|database|version|lower))/i,
    'sql-error':
      /\b(?:extractvalue|updatexml)\s*\(\s*[\w'"]+\s*,\s*concat\s*\(|(?:^\s*-?\d+|['"])\s*\)*\s*(?:or|and)\s+\d+\s*=\s*(?:convert|cast)\s*\(/i,
    'sql-file':
      /['"\d)]\s*\bunion\b[\s\S]*\binto\s+(?:out|dump)file\s*['"]|['"\d]\s*\)*\s*into\s+(?:out|dump)file\s*['"]|(?:union|and|or)\b[\s\S]*\bload_file\s*\(\s*(?:['"]\/|0x|char)/i,
    'sql-order-by': /^\s*(?:-?\d+|[-\w.@]*['"])\s*\)*\s*(?:order|group)\s+by\s+\d+\s*(?:,\s*\d+\s*)*(?:--|#|\/\*|$)/i,
    'sql-having': /^\s*(?:-?\d+|[-\w.@]*['"])\s*\)*\s*having\s+\d+\s*=\s*\d+/i,
    'sql-command-shell': /;\s*exec(?:ute)?\s+(?:master\s*\.\s*(?:dbo)?\s*\.\s*)?xp_(?:cmdshell|dirtree|regread)\b/i,
  },
};
