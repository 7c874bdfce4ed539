/**
 * Replaces a JSON schema validator in the bundle. electron-store would load it at every start, but uses it only with its `schema`
 * option. This console parses what it reads with its own schemas.
 */
export default function noSchemaValidator(): never {
  throw new Error('electron-store is used without its schema option');
}
export { noSchemaValidator as Ajv2020 };
