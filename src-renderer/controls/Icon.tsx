import { type IconName, iconShapes } from '../../src-shared/window/icon-shapes.ts';

/** Decorative: the meaning is always given by the text next to it, or by the name of its button. */
export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={className ? `icon ${className}` : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconShapes[name]} />
    </svg>
  );
}
