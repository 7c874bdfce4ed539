import type { LicenseView } from '../window/console-state.ts';
import type { IconName } from '../window/icon-shapes.ts';
import type { ShownStatus } from './shown-status.ts';

/** How urgent something is. It determines the colour, the icon and the order on the page. */
export type Tone = 'good' | 'info' | 'neutral' | 'caution' | 'critical';

/** The tone of a status. A valid license whose token has expired is not `good`. */
export function statusTone(status: ShownStatus, license: LicenseView | null): Tone {
  switch (status) {
    case 'licensed':
      return license?.evaluation.token.state === 'expired' ? 'caution' : 'good';
    case 'requires_renewal':
      return 'caution';
    case 'expired':
      return 'critical';
    case 'not_licensed':
    case 'licensed_elsewhere':
      return 'caution';
    case 'first_run':
      return 'neutral';
  }
}

export function statusIcon(tone: Tone): IconName {
  switch (tone) {
    case 'good':
    case 'critical':
      return tone;
    case 'caution':
      return 'warning';
    case 'info':
    case 'neutral':
      return 'none';
  }
}
