'use strict';

const express = require('express');
const { authorize } = require('portcullis');

/** The guards stand on the route itself, so that no other spelling of its path goes around them. */
function users({ db, signedIn }) {
  const router = express.Router();
  router.get('/admin/users', signedIn, authorize({ roles: ['admin'] }), async (_req, res) => {
    res.json(await db.query('SELECT id, email, roles, created_at FROM accounts ORDER BY created_at, id LIMIT 1000'));
  });
  return router;
}

module.exports = { users };
