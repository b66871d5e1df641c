// Express 5, with handlers that are promises.
const express = require('express');
const { authenticate, createSigner, errorHandler, harden } = require('portcullis');

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();
const router = express.Router();

router.use(harden({ preset: 'api' }));
router.get('/health', async (_req, res) => res.json({ ok: true }));
router.post('/echo', async (req, res) => res.json(req.body));
router.get('/me', authenticate({ key, algorithms: ['HS256'] }), async (req, res) => res.json(req.auth.claims));
router.use(errorHandler());
app.use('/', router);

const token = createSigner({ key, algorithm: 'HS256', expiresInSeconds: 60 }).sign({ sub: 'ada' });
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, token }));
});
