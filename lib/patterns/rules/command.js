// @ts-check
'use strict';

// Shell commands behind a value. Commands alone are ordinary in documentation, so that a rule needs a value in front of a
// separator, at the very start of the text, or a construct that only attacks use.

// What a form asks for: nothing, a number or an address, a host or a file, a mail address, or text that a quote ends.
const VALUE = String.raw`^\s*(?:-?\d[\d.:]*|[\w-]+(?:\.[\w-]+)+|[\w.+-]+@[\w.-]+|[\w-]*['"])?\s*['")]?\s*`;
const HOST = String.raw`^\s*(?:-?\d[\d.:]*|[\w-]+(?:\.[\w-]+)+)\s*`;
const END = String.raw`\s*(?:$|[;&#"']|\|\|)`;
const ALONE = String.raw`(?:id|whoami|uname|ifconfig|ipconfig|hostname|pwd|ls|dir|env|printenv|netstat|systeminfo|reboot)(?:\s+-\w+)*${END}`;
const ON_A_PATH = String.raw`(?:cat|tac|ls|dir|rm|cp|mv|chmod)\s+(?:-\w+\s+)*(?:\/[\w*]|\/\s*$|~\/|\.\.?\/|\$\w|\*|[a-z]:\\)`;
const DELAY = String.raw`sleep\s+\d+${END}|ping\s+(?:-\w+\s+(?:\d+\s+)?)*\d+\.\d`;
const NETWORK = String.raw`(?:ping|nslookup|dig|curl|wget|nc|ncat|telnet|tftp)\s+(?:-\w+\s+(?:\d+\s+)?)*(?:@?\/|https?:|ftp:|\d+\.\d|[\w-]+\.[\w.-]+|["'$\x60])`;
const INTERPRETER = String.raw`(?:bash|sh|zsh|cmd|cmd\.exe|powershell|python3?|perl|ruby|php|node)\s+(?:-[ciIre]|\/c)\b|echo\s+["']?\$|net\s+(?:user|localgroup)\b`;
const COMMAND = String.raw`(?:(?:\/usr)?\/bin\/)?(?:${ALONE}|${ON_A_PATH}|${DELAY}|${NETWORK}|${INTERPRETER})`;
const INSIDE = String.raw`\s*(?:id|whoami|hostname|ls|pwd|cat\s+\/\S+|sleep\s+\d+|ping\s+[^)\x60]*|(?:curl|wget|nslookup|dig|nc)\s+[^)\x60]*)\s*`;

/** @param {string} source @param {string} [flags] */
const rule = (source, flags = 'i') => new RegExp(source, flags);

module.exports = {
  rules: {
    'command-chained': rule(String.raw`${VALUE}(?:;+|&&?|\|\|?)\s*${COMMAND}`),
    'command-newline': rule(String.raw`${HOST}\r?\n\s*(?:${ALONE}|cat\s+\/etc\/)|^\r?\n${ALONE}`),
    'command-substitution': rule(String.raw`^[\w.@:-]*['"]?\s*[;|&]?\s*(?:\$\(|[<>]\()${INSIDE}\)["';#\s-]*$`),
    'command-backtick': rule(
      String.raw`^[\w.@:-]*['"]?\s*(?:;|&&)\s*\x60${INSIDE}\x60|^[\w.@:-]+\x60${INSIDE}\x60$|^\x60(?:sleep\s+\d+|ping\s+-[cn]\s+\d+\s+[\d.]+|(?:curl|wget|nslookup)\s+https?:[^\x60]*)\x60$`,
    ),
    'command-passwd':
      /(?:^|[;|&`(])\s*(?:\/bin\/)?(?:cat|tac|head|tail|more|less|nl)(?:\$\{?IFS\}?|<)[^\s]*\/etc\/(?:passwd|shadow)/i,
    'command-ifs': /\b(?:cat|ls|curl|wget|ping|sleep|nc|bash|sh|id|rm)(?:\$\{?IFS\}?|\$IFS\$9)/,
    'command-reverse-shell':
      /\/dev\/(?:tcp|udp)\/[\w.]+\/\d|\b(?:ba|z|k)?sh\s+-i\s*(?:[<>]|2>)|\b(?:nc|ncat|netcat)\s+(?:[\w.-]+\s+)*-\w*e\w*\s+(?:\/bin\/|cmd)|\bmkfifo\s+\/tmp\/\w+\s*;[\s\S]*\bnc\b|\bimport\s+socket\s*,\s*(?:subprocess|os|pty)\b[\s\S]*\bconnect\s*\(\(/i,
    'command-shellshock': /\(\)\s*\{\s*:\s*;\s*\}\s*;/,
    'command-encoded-powershell':
      /\bpowershell(?:\.exe)?\s+(?:-\w+\s+(?:\w+\s+)?)*-(?:e|ec|enc|encodedcommand)\s+[a-z0-9+/=]{24,}/i,
    'command-jndi': /\$\{\s*(?:jndi|j\$\{|\$\{(?:lower|upper|env|::-|date|sys)[^}]*\}+[^}]*n)[\s\S]*:/i,
  },
};
