// @ts-check
'use strict';

// Names of bcrypt, argon2, express-rate-limit, rate-limiter-flexible, body-parser, express-mongo-sanitize, hpp, helmet, cors,
// csurf, csrf-csrf, express-sslify, DOMPurify and Redis stores.

const PASSWORDS = {
  'saltRounds rounds cost': 'use `memoryKib` and `passes`: Argon2id takes the place of bcrypt and its rounds',
  memoryCost: 'use `memoryKib`, in KiB',
  'timeCost iterations': 'use `passes`',
  parallelism: 'use `lanes`',
  'hashLength outputLen': 'remove it: every hash has 32 bytes',
  'type algorithm version': 'remove it: the algorithm is always Argon2id',
  'salt saltLength': 'remove it: every hash gets a random salt',
  'secret pepper': 'remove it: a pepper is not supported',
  'raw associatedData': 'remove it: hash() returns a string in PHC format',
  concurrency: 'use `threads`',
};
const WINDOWS = {
  points: 'use "limit" (requests per window)',
  'duration interval timeWindow': 'use `windowMs`, in milliseconds',
  'blockDuration inMemoryBlockOnConsumed': 'use block() of createLimiter()',
  'store storeClient client redis insuranceLimiter': 'remove it: requests are counted in this process',
  keyPrefix: 'use `name`',
  execEvenly: 'use `algorithm: "gcra"`',
};
const RATE_LIMIT = {
  ...WINDOWS,
  passOnStoreError: 'remove it: there is no store that can fail',
  'validate validations': 'remove it: options are always validated',
  'headers draft_polli_ratelimit_headers': 'use `standardHeaders` and `legacyHeaders`',
  onLimitReached: 'use `handler`',
  'delayMs delayAfter': 'remove it: requests above `limit` are rejected, not delayed',
  'whitelist allowList': 'use `skip`',
  trustProxy: 'call app.set("trust proxy", ...) of Express, which sets req.ip',
};
const LIMITER = {
  ...WINDOWS,
  max: 'use `limit`',
  keyGenerator: 'pass the key to consume()',
  'handler message skip statusCode standardHeaders legacyHeaders': 'use rateLimit(), which answers HTTP requests',
};
const INPUT = {
  'onSanitize onFinding': 'use `onReport`',
  'dryRun reportOnly': "use `mode: 'report'`",
  'sanitize removeMatches': "use `mode: 'strip'`",
  allowDots: "remove it: dots are allowed; to refuse them, use `rules: { dots: 'reject' }`",
  'whitelist whiteList allowList': 'use `arrays` for names that may repeat, `exempt` for fields that no rule looks at',
  'allowedKeys except ignore skipFields': 'use `exempt`',
  'protoAction constructorAction': 'use `rules: { prototypes: false }` to accept such keys',
  parameterLimit: 'use `maxKeys`',
  nesting: 'use `maxDepth`',
};
const CHARSET = { 'defaultCharset charset encoding charsetSentinel': 'remove it: bodies are UTF-8' };
const JSON_BODY = { ...INPUT, ...CHARSET, extended: 'remove it: forms are read by urlencoded()' };
const FORM = {
  ...INPUT,
  ...CHARSET,
  'strict reviver': 'remove it: JSON is read by json()',
  'arrayLimit comma interpretNumericEntities': 'remove it: lists are read as by express.urlencoded()',
};
const GUARD = {
  ...INPUT,
  'limit inflate strict type': 'pass it to json() or urlencoded(), which read bodies',
  'checkQuery checkBody checkBodyOnlyForContentType': 'use `sources`',
  'body query params cookies': 'use `sources`',
};
const CORS = {
  'origins allowedOrigins allowOrigins whitelist': 'use `origin`',
  'allowMethods allowedMethods': 'use `methods`',
  'allowHeaders headers': 'use `allowedHeaders`',
  exposeHeaders: 'use `exposedHeaders`',
  'allowCredentials supportsCredentials': 'use `credentials`',
  'strictPreflight hideOptionsRoute hook': 'remove it',
};
const HEADERS = {
  expectCt: 'remove it: browsers ignore Expect-CT',
  hpkp: 'remove it: browsers ignore public key pins',
  featurePolicy: 'use `permissionsPolicy`',
  'noCache nocache': 'use `cacheControl`',
  csp: 'use `contentSecurityPolicy`',
  'directives reportOnly useDefaults':
    'use `contentSecurityPolicy`, as in contentSecurityPolicy: { directives: {...} }',
  'maxAge includeSubDomains preload':
    'use `strictTransportSecurity`, as in strictTransportSecurity: { maxAge: 31536000 }',
  coep: 'use `crossOriginEmbedderPolicy`',
  coop: 'use `crossOriginOpenerPolicy`',
  corp: 'use `crossOriginResourcePolicy`',
};
const CSRF = {
  'cookie cookieName cookieOptions sessionKey getSecret getSessionIdentifier secret size errorConfig':
    'remove it: there is no token, so nothing has to be stored',
  'value getTokenFromRequest getCsrfTokenFromRequest tokens': 'remove it: requests need no token',
  'ignoreMethods ignoredMethods': 'remove it: GET, HEAD and OPTIONS always pass',
  'skipCsrfProtection exclude exempt excludeRoutes ignorePaths': 'use `except`, a list of paths',
  'origin origins allowedOrigins': 'use `trustedOrigins`',
};
const HTTPS = {
  'trustProxy trustProtoHeader trustXForwardedProtoHeader trustAzureHeader xForwardedProtoHeader':
    'call app.set("trust proxy", ...) of Express, which sets req.secure',
  'hostname redirectTo': 'use `host`',
  'hosts domains': 'use `allowedHosts`',
  'port httpsPort': 'use `host` with the port',
  'exclude excludeRoutes ignoreRoutes exempt ignoreFilter': 'use `except`',
  'statusCode temporary enable301Redirects': 'remove it: redirects have the status 308',
};
const ERROR_HANDLER = {
  'log logger': 'use `onError`',
  'stack showStack includeStack debug dumpExceptions': 'remove it: a response never holds a stack',
};
const HARDEN = {
  'helmet hsts contentSecurityPolicy securityHeaders': 'use `headers`',
  'json body sanitize mongoSanitize hpp xss bodyLimit': 'use `input`',
  limit: 'use `rateLimit: { limit }` for requests, `input: { limit }` for the size of a body',
  'trustProxy trust_proxy': 'call app.set("trust proxy", ...) of Express',
  'limiter max windowMs': 'use `rateLimit`, as in rateLimit: { limit, windowMs }',
  'origin origins credentials': 'use `cors`, as in cors: { origin }',
  'csurf csrfProtection': 'use `csrf`',
  httpsOnly: 'use `https`',
  'authenticate auth jwt': 'add authenticate() after harden()',
  errorHandler: 'add errorHandler() as the last middleware',
};
const SAFE_URL = {
  'protocols allowedSchemes allowedProtocols': 'use `schemes`, without colons',
  'allowRelative allowRelativeUrls': 'use `relative`',
  'allowProtocolRelative allow_protocol_relative_urls': 'use `protocolRelative`',
  'default defaultUrl': 'use `fallback`',
};
const HTML = {
  'allowedTags ALLOWED_TAGS whiteList whitelist allowList': 'use `tags`',
  ADD_TAGS: 'use `addTags`',
  'allowedAttributes ALLOWED_ATTR': 'use `attributes`, by tag',
  ADD_ATTR: 'use `addAttributes`, by tag',
  'allowedClasses allowedClass': 'use `classes`',
  'allowedStyles css': 'use `styles`',
  'allowedSchemes ALLOWED_URI_REGEXP protocols': 'use `schemes`',
  'allowedIframeHostnames allowedIframeDomains': 'use `iframeHosts`',
  allowProtocolRelative: 'use `protocolRelativeUrls`',
  transformTags: 'use `rename`',
  'disallowedTagsMode stripIgnoreTag KEEP_CONTENT': 'use `disallowed`',
  'nonTextTags FORBID_CONTENTS stripIgnoreTagBody': 'use `dropContent`',
  nestingLimit: 'use `maxDepth`',
  SANITIZE_NAMED_PROPS: 'use `idPrefix`',
  USE_PROFILES: 'use `profile`',
  'textFilter exclusiveFilter onTag onTagAttr onIgnoreTag onIgnoreTagAttr safeAttrValue':
    'remove it: no function is called; change the text before it is sanitized',
  'FORBID_TAGS FORBID_ATTR allowVulnerableTags': 'remove it: only listed tags and attributes are kept',
};
const SVG = {
  'ALLOWED_TAGS ALLOWED_ATTR ADD_TAGS ADD_ATTR FORBID_TAGS FORBID_ATTR USE_PROFILES allowedTags allowedAttributes':
    'remove it: the lists of what is safe in an SVG are fixed',
  'SANITIZE_NAMED_PROPS SANITIZE_DOM prefix': 'use `idPrefix`',
  'limit maxSize maxLength': 'use `maxBytes`',
};
const PATTERNS = {
  'sizeLimit maxSize maxMem max_mem size_limit': 'use `maxCompiledBytes`, in bytes',
  'nestLimit nest_limit': 'use `maxDepth`',
  'maxLength maxInputLength': 'use `maxTextLength` for texts, `maxPatternLength` for patterns',
  'flags caseInsensitive': 'write flags at each pattern, as in { name, pattern, flags: "i" }',
};
const THREATS = {
  'block blocking mode action status': 'remove it: threats() only reports; parameters and escaping protect',
  'log logger onThreat onDetect report': 'use `onReport`',
  'rules types': 'use `categories`',
};
const REDIS_STORE = {
  'sendCommand redis redisClient storeClient': 'use `client`',
  'url host port socket password': 'use `client`, a client of the package ioredis or redis',
  'timeout timeoutMs': 'use `deadlineMs`, in milliseconds',
  'passOnStoreError failOpen': 'use `onFailure`',
  'resetExpiryOnChange disableTouch ttl': 'remove it: each area sets how long its keys live',
};

module.exports = {
  RedisStore: REDIS_STORE,
  cors: CORS,
  csrf: CSRF,
  createLimiter: LIMITER,
  createPasswords: PASSWORDS,
  createHtmlSanitizer: HTML,
  createSvgSanitizer: SVG,
  createPatterns: PATTERNS,
  errorHandler: ERROR_HANDLER,
  guard: GUARD,
  harden: HARDEN,
  httpsOnly: HTTPS,
  input: { ...INPUT, ...CHARSET },
  json: JSON_BODY,
  parseJson: { ...INPUT, ...CHARSET },
  rateLimit: RATE_LIMIT,
  safeUrl: SAFE_URL,
  securityHeaders: HEADERS,
  urlencoded: FORM,
  threats: THREATS,
};
