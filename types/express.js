'use strict';

// `import 'portcullis/express'` adds types and nothing else: there is nothing to run.
