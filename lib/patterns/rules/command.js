// @ts-check
'use strict';

// Shell commands behind a value. Commands alone are ordinary in documentation, so that a rule needs a value in front of a
// separator, at the very start of the text, or a construct that only attacks use.

module.exports = {
  rules: {
    'command-chained':
      /^\s*(?:-?\d[\d.:]*|[\w-]+(?:\.[\w-]+)+|[\w.+-]+@[\w.-]+|[\w-]*['"])?\s*['")]?\s*(?:;+|&&?|\|\|?|\r?\n)\s*(?:(?:\/usr)?\/bin\/)?(?:(?:cat|head|tail|tac|more|less|nl|type|ls|dir|rm|cp|chmod|echo)\s+(?:-\w+\s+)*[\w.]*[\\/$*~-]|(?:id|whoami|uname|ifconfig|ipconfig|hostname|pwd|ls|dir|env|printenv|netstat|ps|w|systeminfo|reboot|shutdown)(?:\s+-\w+)*\s*(?:$|[;|&#])|(?:ping|sleep|timeout)\s+(?:-\w+\s+)?\d|(?:ping|nslookup|dig|host|curl|wget|nc|ncat|telnet|fetch|tftp)\s+(?:-[\w]+\s+)*(?:https?:|ftp:|\d|[\w-]+\.[\w.-]+|['"$`])|(?:bash|sh|zsh|cmd|cmd\.exe|powershell|python3?|perl|ruby|php|node)\s+(?:-[ciIre]|\/c)\b|net\s+(?:user|localgroup)\b)/i,
    'command-substitution':
      /^[\w.@:-]*['"]?\s*[;|&]?\s*(?:\$\(|[<>]\()\s*(?:id|whoami|hostname|ls|pwd|cat\s+[\w./*]*\/etc\/\w+|cat\s+\/\S+|sleep\s+\d+|ping\s+[^)]*|(?:curl|wget|nslookup|dig|nc|host)\s+[^)]*)\s*\)\S*\s*$/,
    'command-backtick':
      /^[\w.@:-]*['"]?\s*[;|&]\s*`[^`]+`|^[\w.@:-]+`(?:id|whoami|hostname|ls|pwd|cat\s+\/\S+|sleep\s+\d+|ping\s+[^`]*|(?:curl|wget|nslookup|dig|nc|host)\s+[^`]*)`\S*$|^`(?:sleep\s+\d+|ping\s+-[cn]\s+\d+\s+[\d.]+|(?:curl|wget|nslookup)\s+https?:[^`]*)`$/,
    'command-passwd':
      /(?:^|[;|&`(])\s*(?:\/bin\/)?(?:cat|tac|head|tail|more|less|nl)(?:\$\{?IFS\}?|<)[^\s]*\/etc\/(?:passwd|shadow)/i,
    'command-ifs': /\b(?:cat|ls|curl|wget|ping|sleep|nc|bash|sh|echo|id|rm)(?:\$\{?IFS\}?|\$IFS\$9)/,
    'command-reverse-shell':
      /\/dev\/(?:tcp|udp)\/[\w.]+\/\d|\b(?:ba|z|k)?sh\s+-i\s*(?:[<>]|2>)|\b(?:nc|ncat|netcat)\s+(?:[\w.-]+\s+)*-\w*e\w*\s+(?:\/bin\/|cmd)|\bmkfifo\s+\/tmp\/\w+\s*;|\bimport\s+socket\s*,\s*(?:subprocess|os|pty)\b[\s\S]*\bconnect\s*\(\(/i,
    'command-shellshock': /\(\)\s*\{\s*:\s*;\s*\}\s*;/,
    'command-encoded-powershell':
      /\bpowershell(?:\.exe)?\s+(?:-\w+\s+(?:\w+\s+)?)*-(?:e|ec|enc|encodedcommand)\s+[a-z0-9+/=]{24,}/i,
    'command-jndi': /\$\{\s*(?:jndi|j\$\{|\$\{(?:lower|upper|env|::-|date|sys)[^}]*\}+[^}]*n)[\s\S]*:/i,
  },
};
