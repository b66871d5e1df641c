// Express 4, with the parts on a router instead of the whole app.
const express = require('express');
const { authenticate, createSigner, errorHandler, harden } = require('portcullis');

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();
const router = express.Router();

router.use(harden({ preset: 'api' }));
router.get('/health', (_req, res) => res.json({ ok: true }));
router.post('/echo', (req, res) => res.json(req.body));
router.get('/me', authenticate({ key, algorithms: ['HS256'] }), (req, res) => res.json(req.auth.claims));
router.use(errorHandler());
app.use('/', router);

const token = createSigner({ key, algorithm: 'HS256', expiresInSeconds: 60 }).sign({ sub: 'ada' });
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, token }));
});
