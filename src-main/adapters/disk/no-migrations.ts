/**
 * Replaces semver in the bundle. electron-store would load it at every start, but uses it only with its `migrations` option. This
 * console's documents hold their own version.
 */
export default {};
