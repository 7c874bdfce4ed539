import { hasTrait } from '../../src-shared/failure-codes.ts';
import type { Mender, Stage } from '../../src-shared/preflight.ts';
import type { Failure } from '../../src-shared/result.ts';
import { stageOf } from './way-of-request.ts';

const ofStage: Readonly<Record<Stage, Mender>> = {
  network: 'store',
  name: 'network',
  proxy: 'network',
  connection: 'network',
  certificate: 'network',
  portal: 'network',
  authorization_server: 'authorization_server',
  device_flow: 'authorization_server',
  keys: 'authorization_server',
};

/** Who can fix a failure. */
export function menderOf(reason: Failure): Mender {
  if (reason.remedy === 'copy_for_support') return 'support';
  if (reason.remedy === 'edit_settings' && reason.code !== 'device_flow_unsupported') return 'store';
  if (reason.code === 'proxy_sign_in') return 'store';
  const isOfServer = hasTrait(reason.code, 'unavailable') || reason.code === 'device_flow_unsupported';
  return isOfServer ? ofStage[stageOf(reason)] : 'store';
}
