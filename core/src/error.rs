//! The one error type of every area.
//!
//! Two families: *misuse* is a mistake of the program and is found when an object is prepared or called with
//! the wrong type; a *rejection* is untrusted input that did not pass. Fields hold only safe data: never a
//! token, a key or a password. Codes are API: add, never rename.

use std::borrow::Cow;
use std::fmt;

use crate::error_macro::errors;
use crate::fields::Named;

/// Text of a message: written in the code, or made of safe values such as bounds and option names.
pub type Text = Cow<'static, str>;

/// How the border turns an error into a JavaScript one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Misuse, thrown as `TypeError`: a value of the wrong type or shape.
    Type,
    /// Misuse, thrown as `RangeError`: a value outside its bounds.
    Range,
    /// Untrusted input that did not pass: becomes a `PortcullisError` with a status.
    Rejection,
}

errors! {
    /// A JWT option has the wrong type or shape.
    JwtOption { option: &'static str, reason: Text } => "ERR_JWT_OPTION", Type, "jwt: option \"{option}\" {reason}";
    /// A JWT option is outside its bounds.
    JwtOptionRange { option: &'static str, reason: Text } => "ERR_JWT_OPTION_RANGE", Range, "jwt: option \"{option}\" {reason}";
    /// The key cannot do this work safely.
    JwtKey { reason: Text } => "ERR_JWT_KEY", Type, "jwt: the key {reason}";
    /// No configured algorithm fits the key.
    JwtKeyAlgorithm { reason: Text } => "ERR_JWT_KEY_ALGORITHM", Type, "jwt: {reason}";
    /// The claims to sign are not acceptable.
    JwtClaims { reason: Text } => "ERR_JWT_CLAIMS", Type, "jwt: the claims {reason}";
    /// The token was revoked: itself, or by its subject, its session or its key.
    JwtRevoked => "ERR_JWT_REVOKED", Rejection, "the token was revoked";
    /// The token is longer than `maxTokenBytes`.
    JwtTooLarge => "ERR_JWT_TOO_LARGE", Rejection, "the token is too large";
    /// The token is not a compact JWS of three canonical base64url parts with a JSON header and payload.
    JwtMalformed => "ERR_JWT_MALFORMED", Rejection, "the token is malformed";
    /// The header's `alg` is not one this verifier allows.
    JwtAlgorithm => "ERR_JWT_ALGORITHM", Rejection, "the token's algorithm is not allowed";
    /// No key, or more than one, fits the header's `kid`.
    /// `kid`: what the header calls the key, for whoever fetches keys; it is not part of the message.
    JwtKeyUnknown { kid: Option<Box<str>> } => "ERR_JWT_KEY_UNKNOWN", Rejection, "the token's key is not known";
    /// The header's `crit` lists an extension, and none is understood (RFC 7515 section 4.1.11).
    JwtCritical => "ERR_JWT_CRITICAL", Rejection, "the token asks for an extension that is not supported";
    /// The signature does not match.
    JwtSignature => "ERR_JWT_SIGNATURE", Rejection, "the token's signature does not match";
    /// `exp` has passed (RFC 7519 section 4.1.4).
    JwtExpired => "ERR_JWT_EXPIRED", Rejection, "the token has expired";
    /// `nbf` has not come yet (RFC 7519 section 4.1.5).
    JwtNotYetValid => "ERR_JWT_NOT_YET_VALID", Rejection, "the token is not valid yet";
    /// `iat` is more than `maxAgeSeconds` ago, or in the future.
    JwtTooOld => "ERR_JWT_TOO_OLD", Rejection, "the token is too old";
    /// A registered claim has the wrong JSON type.
    JwtClaimType { claim: &'static str } => "ERR_JWT_CLAIM_TYPE", Rejection, "the claim \"{claim}\" has the wrong type";
    /// A configured or required claim is absent.
    JwtClaimMissing { claim: Text } => "ERR_JWT_CLAIM_MISSING", Rejection, "the claim \"{claim}\" is missing";
    /// `iss` is not one that is accepted.
    JwtIssuer => "ERR_JWT_ISSUER", Rejection, "the token's issuer is not accepted";
    /// No member of `aud` is accepted.
    JwtAudience => "ERR_JWT_AUDIENCE", Rejection, "the token is for another audience";
    /// `sub` is not the one that is accepted.
    JwtSubject => "ERR_JWT_SUBJECT", Rejection, "the token's subject is not accepted";
    /// `jti` is not the one that is accepted.
    JwtId => "ERR_JWT_ID", Rejection, "the token's id is not accepted";
    /// `nonce` is not the one that is accepted.
    JwtNonce => "ERR_JWT_NONCE", Rejection, "the token's nonce is not accepted";
    /// Too many tokens wait for a thread.
    JwtBusy => "ERR_JWT_BUSY", Rejection, "too many tokens are being processed";
    /// The header's `typ` is not the one that is accepted.
    JwtTyp => "ERR_JWT_TYP", Rejection, "the token's type is not accepted";

    /// An option of the HTML sanitizer has the wrong type or shape.
    HtmlOption { option: &'static str, reason: Text } => "ERR_HTML_OPTION", Type, "html: option \"{option}\" {reason}";
    /// An option of the HTML sanitizer is outside its bounds.
    HtmlOptionRange { option: &'static str, reason: Text } => "ERR_HTML_OPTION_RANGE", Range, "html: option \"{option}\" {reason}";
    /// What is to be sanitized is not text.
    HtmlInput => "ERR_HTML_INPUT", Type, "sanitizeHtml: the HTML must be a string";
    /// The HTML is longer than `maxLength`.
    HtmlTooLong => "ERR_HTML_TOO_LONG", Rejection, "the HTML is too long";
    /// The HTML is nested so deep, or multiplies so much, that it would take too long to parse.
    HtmlComplex => "ERR_HTML_COMPLEX", Rejection, "the HTML is nested too deeply, or multiplies when it is parsed";
    /// Too much HTML waits for a thread.
    HtmlBusy => "ERR_HTML_BUSY", Rejection, "too much HTML is being sanitized";

    /// An option of the revocations has the wrong type or shape.
    RevocationsOption { option: &'static str, reason: Text } => "ERR_REVOCATIONS_OPTION", Type, "revocations: option \"{option}\" {reason}";
    /// An option of the revocations is outside its bounds.
    RevocationsOptionRange { option: &'static str, reason: Text } => "ERR_REVOCATIONS_OPTION_RANGE", Range, "revocations: option \"{option}\" {reason}";
    /// What is to be revoked cannot be named.
    RevocationsTarget { reason: Text } => "ERR_REVOCATIONS_TARGET", Type, "revocations: {reason}";
    /// Revocations of this name exist with other options.
    RevocationsConflict { option: &'static str } => "ERR_REVOCATIONS_CONFLICT", Type, "revocations: revocations of this name exist with another \"{option}\"; give them another name or the same options";
    /// There is no room for another revocation, and none has expired.
    RevocationsFull => "ERR_REVOCATIONS_FULL", Rejection, "there is no room for another revocation";

    /// A password option has the wrong type or shape.
    PasswordOption { option: &'static str, reason: Text } => "ERR_PASSWORD_OPTION", Type, "password: option \"{option}\" {reason}";
    /// A password option is outside its bounds.
    PasswordOptionRange { option: &'static str, reason: Text } => "ERR_PASSWORD_OPTION_RANGE", Range, "password: option \"{option}\" {reason}";
    /// The password is not well-formed text, or is longer than can be accepted.
    PasswordInput { reason: Text } => "ERR_PASSWORD_INPUT", Rejection, "the password {reason}";
    /// The stored hash is not a PHC string of a kind that can be verified.
    PasswordHashMalformed => "ERR_PASSWORD_HASH_MALFORMED", Rejection, "the stored hash is malformed or of an unknown kind";
    /// The stored hash needs more memory, passes or lanes than the ceiling allows.
    PasswordHashCostly => "ERR_PASSWORD_HASH_COSTLY", Rejection, "the stored hash costs more than the ceiling allows";
    /// The queue of the pool is full.
    PasswordBusy => "ERR_PASSWORD_BUSY", Rejection, "too many passwords are being processed";
    /// The pool was closed.
    PasswordClosed => "ERR_PASSWORD_CLOSED", Rejection, "the password pool is closed";
    /// The memory for a hash could not be allocated.
    PasswordMemory => "ERR_PASSWORD_MEMORY", Rejection, "there is not enough memory for a hash";
    /// The system returned no random bytes for a salt.
    PasswordSalt => "ERR_PASSWORD_SALT", Rejection, "the system returned no random bytes for a salt";

    /// A rate-limit option has the wrong type or shape.
    RateLimitOption { option: &'static str, reason: Text } => "ERR_RATE_LIMIT_OPTION", Type, "rate limit: option \"{option}\" {reason}";
    /// A rate-limit option is outside its bounds.
    RateLimitOptionRange { option: &'static str, reason: Text } => "ERR_RATE_LIMIT_OPTION_RANGE", Range, "rate limit: option \"{option}\" {reason}";
    /// The key of a request cannot be used.
    RateLimitKey { reason: Text } => "ERR_RATE_LIMIT_KEY", Type, "rate limit: the key {reason}";
    /// The client's address is not an IP address.
    RateLimitAddress => "ERR_RATE_LIMIT_ADDRESS", Rejection, "rate limit: the address of the client is not an IP address; where it comes from X-Forwarded-For, set \"trust proxy\" to the number of your proxies";
    /// The cost of a request cannot be used.
    RateLimitCost { reason: Text } => "ERR_RATE_LIMIT_COST", Range, "rate limit: the cost {reason}";
    /// A shared limiter of this name exists with other options.
    RateLimitConflict { option: &'static str } => "ERR_RATE_LIMIT_CONFLICT", Type, "rate limit: a limiter of this name exists with another \"{option}\"; give it another name or the same options";

    /// A body option has the wrong type or shape.
    InputOption { option: &'static str, reason: Text } => "ERR_INPUT_OPTION", Type, "input: option \"{option}\" {reason}";
    /// A body option is outside its bounds.
    InputOptionRange { option: &'static str, reason: Text } => "ERR_INPUT_OPTION_RANGE", Range, "input: option \"{option}\" {reason}";
    /// The body is not JSON.
    InputSyntax => "ERR_INPUT_SYNTAX", Rejection, "the body is not valid JSON";
    /// The body is not UTF-8.
    InputUtf8 => "ERR_INPUT_UTF8", Rejection, "the body is not valid UTF-8";
    /// The body starts with a byte order mark (RFC 8259 section 8.1).
    InputBom => "ERR_INPUT_BOM", Rejection, "the body starts with a byte order mark";
    /// An escape of the body names half a surrogate pair (RFC 7493 section 2.1).
    InputSurrogate => "ERR_INPUT_SURROGATE", Rejection, "a string in the body contains half of a surrogate pair";
    /// The body has more bytes than allowed.
    InputTooLarge => "ERR_INPUT_TOO_LARGE", Rejection, "the body is too large";
    /// The body is nested deeper than allowed.
    InputDepth => "ERR_INPUT_DEPTH", Rejection, "the body is nested deeper than `maxDepth`";
    /// The body has more keys than allowed.
    InputKeys => "ERR_INPUT_KEYS", Rejection, "the body has more than `maxKeys` keys";
    /// A key is longer than allowed.
    InputKeyLength => "ERR_INPUT_KEY_LENGTH", Rejection, "a key of the body is longer than `maxKeyLength`";
    /// A key starts with `$`, as an operator of a query language does.
    InputOperatorKey => "ERR_INPUT_OPERATOR_KEY", Rejection, "a key of the body starts with \"$\"";
    /// A key holds a dot, as a path of a query language does.
    InputDottedKey => "ERR_INPUT_DOTTED_KEY", Rejection, "a key in the body contains a dot";
    /// A key would reach an object's prototype.
    InputPrototypeKey => "ERR_INPUT_PROTOTYPE_KEY", Rejection, "a key of the body names a prototype";
    /// A key occurs twice in one object.
    InputDuplicateKey => "ERR_INPUT_DUPLICATE_KEY", Rejection, "a key of the body stands twice in one object";
    /// A percent-encoding or the brackets of a name cannot be read in one way only.
    InputForm => "ERR_INPUT_FORM", Rejection, "the form is malformed: a % without two hexadecimal digits, or brackets that do not match";
    /// A name of a form has a value and names below it, or values by different kinds of brackets.
    InputMixed => "ERR_INPUT_MIXED", Rejection, "a name of the form is used in two ways";
    /// A number is outside what a double can hold.
    InputNumber => "ERR_INPUT_NUMBER", Rejection, "a number of the body is out of range";

    /// An SVG option has the wrong type or shape.
    SvgOption { option: &'static str, reason: Text } => "ERR_SVG_OPTION", Type, "svg: option \"{option}\" {reason}";
    /// An SVG option is outside its bounds.
    SvgOptionRange { option: &'static str, reason: Text } => "ERR_SVG_OPTION_RANGE", Range, "svg: option \"{option}\" {reason}";
    /// The value to sanitize is no text and no bytes.
    SvgInput { reason: Text } => "ERR_SVG_INPUT", Type, "svg: the input {reason}";
    /// The SVG has more bytes than allowed.
    SvgTooLarge => "ERR_SVG_TOO_LARGE", Rejection, "the SVG is too large";
    /// The SVG is not UTF-8, or declares another encoding.
    SvgEncoding => "ERR_SVG_ENCODING", Rejection, "the SVG is not UTF-8, or declares another encoding";
    /// The SVG is not well-formed XML.
    SvgSyntax => "ERR_SVG_SYNTAX", Rejection, "the SVG is not well-formed XML";
    /// The SVG has a DOCTYPE with declarations, or uses an entity.
    SvgDoctype => "ERR_SVG_DOCTYPE", Rejection, "the SVG declares or uses entities";
    /// The root element is not `svg`.
    SvgRoot => "ERR_SVG_ROOT", Rejection, "the root element is not an svg element";
    /// The SVG is nested deeper than allowed.
    SvgDepth => "ERR_SVG_DEPTH", Rejection, "the SVG is nested too deeply";
    /// The SVG has more elements than allowed.
    SvgElements => "ERR_SVG_ELEMENTS", Rejection, "the SVG has too many elements";
    /// An element of the SVG has more attributes or namespaces than allowed.
    SvgAttributes => "ERR_SVG_ATTRIBUTES", Rejection, "an element of the SVG has too many attributes";
    /// References and stylesheets expand to more than allowed.
    SvgExpansion => "ERR_SVG_EXPANSION", Rejection, "the SVG expands to too many elements";

    /// The value to escape cannot be escaped.
    EscapeInput { reason: Text } => "ERR_ESCAPE_INPUT", Type, "escape: the input {reason}";

    /// An option of a set of patterns has the wrong type or shape.
    PatternsOption { option: &'static str, reason: Text } => "ERR_PATTERNS_OPTION", Type, "createPatterns: option \"{option}\" {reason}";
    /// An option of a set of patterns is outside its bounds.
    PatternsOptionRange { option: &'static str, reason: Text } => "ERR_PATTERNS_OPTION_RANGE", Range, "createPatterns: option \"{option}\" {reason}";
    /// A pattern cannot be read, or would mean something else than in its own language.
    PatternsSyntax { pattern: Text, reason: Text } => "ERR_PATTERNS_SYNTAX", Type, "createPatterns: {pattern} {reason}";
    /// There are too many patterns, or one is too long, too deep or too large when compiled.
    PatternsSize { pattern: Text, reason: Text } => "ERR_PATTERNS_SIZE", Range, "createPatterns: {pattern} {reason}";
    /// The value to search is not text.
    PatternsInput => "ERR_PATTERNS_INPUT", Type, "createPatterns: the text must be a string";
    /// The text to search is longer than `maxTextLength`.
    PatternsTextTooLong => "ERR_PATTERNS_TEXT_TOO_LONG", Rejection, "the text to search for patterns is too long";
}

impl std::error::Error for Error {}
