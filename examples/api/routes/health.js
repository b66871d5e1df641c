'use strict';

const express = require('express');

function health({ db }) {
  const router = express.Router();
  router.get('/health', async (_req, res) => {
    await db.query('SELECT 1');
    res.json({ status: 'ok' });
  });
  return router;
}

module.exports = { health };
