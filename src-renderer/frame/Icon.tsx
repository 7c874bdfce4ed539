import { type IconName, iconShapes } from '../../src-shared/icon-shapes.ts';

/** A decoration: what it means always stands beside it in words, or in its button's name. */
export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={className ? `icon ${className}` : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconShapes[name]} />
    </svg>
  );
}
