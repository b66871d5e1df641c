// @ts-check
'use strict';

// Paths that leave their folder. Relative paths are ordinary in code and in links, so that a rule needs a target that only an
// attacker wants, or dots that no program encodes.

module.exports = {
  rules: {
    'path-system-file':
      /(?:\.\.[\\/]+)+(?:[\w.-]+[\\/]+)*(?:etc[\\/]+(?:passwd|shadow|group|hosts|issue|sudoers|motd)|proc[\\/]+(?:self|version|cmdline)|boot\.ini|win\.ini|system\.ini|winnt[\\/]|windows[\\/]+(?:system32|win\.ini|repair)|inetpub[\\/]+wwwroot)\b/i,
    'path-secret-file':
      /(?:\.\.[\\/]+){2,}(?:[\w.-]+[\\/]+)*(?:\.ssh[\\/]|id_rsa\b|\.htpasswd\b|\.aws[\\/]credentials|\.git[\\/](?:config|HEAD)\b|wp-config\.php|web\.config\b|WEB-INF[\\/]|var[\\/]log[\\/]|config[\\/](?:database|secrets)\.yml)|(?:\.\.[\\/]+){3,}\.env\b/i,
    'path-encoded-dots':
      /(?:%(?:25)*2e|%c0%ae|%u002e|%e0%80%ae|\.){2}(?:%(?:25)+(?:2f|5c)|%c0%af|%c1%9c|%u2215|%u2216|%e0%80%af)|(?:%(?:25)*2e|%c0%ae|%u002e|%e0%80%ae){2}(?:%(?:25)*(?:2f|5c)|[\\/])|(?:\.%(?:25)*2e|%(?:25)*2e\.)(?:%(?:25)*(?:2f|5c)|[\\/])/i,
    'path-deep': /(?:\.\.[\\/]+){8,}/,
    'path-filter-evasion': /(?:\.{4,}[\\/]{2,}){2,}|(?:\.\.;[\\/])+|(?:\.\.\\\/){2,}|(?:\.\.\/\\){2,}/,
    'path-nul':
      /(?:\.\.[\\/][^\0]*|[\w.]+)(?:\0|%(?:25)*00)\.(?:jpe?g|png|gif|html?|php|txt|pdf|js|css)\b|\.\.[\\/][\s\S]*(?:\0|%(?:25)*00)/i,
    'path-whole':
      /^\s*(?:(?:file:)?\/{1,3}(?:etc\/(?:passwd|shadow|sudoers)|proc\/self\/(?:environ|cmdline|maps|fd\/\d+|status))|(?:file:\/{2,3})?[a-z]:[\\/]+(?:boot\.ini|windows[\\/]+win\.ini|winnt[\\/]+win\.ini))\s*$/i,
    'path-wrapper':
      /^\s*(?:php:\/\/(?:filter|input)\b|expect:\/\/|phar:\/\/|zip:\/\/[\s\S]*%23|data:\/\/text\/plain[;,])/i,
  },
};
