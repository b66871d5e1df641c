// @ts-check
'use strict';

const { createHash } = require('node:crypto');

/** As few and as constant as the scripts. @type {Map<string, string>} */
const digests = new Map();

/** The name that Redis gives to a script; no secret depends on it. @param {string} lua */
function scriptName(lua) {
  const known = digests.get(lua);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(lua).digest('hex');
  digests.set(lua, digest);
  return digest;
}

module.exports = { scriptName };
