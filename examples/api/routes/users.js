'use strict';

const express = require('express');

/** The guard stands on the route itself, so that no other spelling of its path goes around it. */
function users({ db, admin }) {
  const router = express.Router();
  router.get('/admin/users', admin, async (_req, res) => {
    res.json(await db.query('SELECT id, email, roles, created_at FROM accounts ORDER BY created_at, id LIMIT 1000'));
  });
  return router;
}

module.exports = { users };
