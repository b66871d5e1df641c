// @ts-check
'use strict';

// Letters, digits and marks that are safe in a log line, a header and a document; 128 holds UUIDs, ULIDs and trace contexts.
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The id as text if it is safe to repeat. Numbers are pino-http's default. @param {unknown} id @returns {string | undefined} */
function safeRequestId(id) {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : undefined;
  return typeof id === 'string' && REQUEST_ID.test(id) ? id : undefined;
}

module.exports = { safeRequestId };
