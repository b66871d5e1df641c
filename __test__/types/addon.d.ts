/** What the loader requires is there only after a build or an installation, so the type checker is told of it here. */

declare module '*.node';
declare module '@portcullis/*';
