// @ts-check
'use strict';

/**
 * Whether a request came over HTTPS. Express decides by its "trust proxy"; without Express the connection does.
 * @param {{ secure?: boolean, socket?: unknown }} req
 */
function isSecure({ secure, socket }) {
  return (secure ?? /** @type {{ encrypted?: unknown } | undefined} */ (socket)?.encrypted) === true;
}

module.exports = { isSecure };
