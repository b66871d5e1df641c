'use strict';

const express = require('express');
const { escapeHtml } = require('portcullis');

const { readCount, readMembers, readText, readUuid } = require('../input');
const { Problem } = require('../problem');

const COLUMNS = 'id, account_id AS "accountId", text, created_at AS "createdAt"';

function comments({ db, signedIn }) {
  const router = express.Router();
  const newest = (limit) => db.query(`SELECT ${COLUMNS} FROM comments ORDER BY created_at DESC, id LIMIT $1`, [limit]);

  router.post('/comments', signedIn, async (req, res) => {
    const text = readText(readMembers(req.body, ['text']).text, 'text', { max: 2_000 });
    const sql = `INSERT INTO comments (account_id, text) VALUES ($1, $2) RETURNING ${COLUMNS}`;
    const [comment] = await db.query(sql, [req.auth.claims.sub, text]);
    res.status(201).location(`/comments/${comment.id}`).json(comment);
  });

  router.get('/comments', async (req, res) => {
    res.json(await newest(readCount(req.query.limit, 'limit', { fallback: 50, max: 100 })));
  });

  router.get('/comments.html', async (_req, res) => {
    res.type('html').send(page(await newest(50)));
  });

  router.get('/comments/:id', async (req, res) => {
    const sql = `SELECT ${COLUMNS} FROM comments WHERE id = $1`;
    const [comment] = await db.query(sql, [readUuid(req.params.id, 'id')]);
    if (!comment) throw new Problem(404, 'There is no such comment');
    res.json(comment);
  });

  return router;
}

/** Text is stored as it was written and escaped where it becomes HTML, once. */
function page(rows) {
  const items = rows.map(
    ({ text, createdAt }) => `<li><time>${createdAt.toISOString()}</time> ${escapeHtml(text)}</li>`,
  );
  return `<!doctype html>\n<meta charset="utf-8">\n<title>Comments</title>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}

module.exports = { comments };
