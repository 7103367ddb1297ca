import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

type Look = 'primary' | 'quiet' | 'plain';

/** Class names of a button, for links and triggers that look like one. */
export function buttonClass(look: Look = 'quiet'): string {
  return [styles.button, look === 'quiet' ? undefined : styles[look]].filter(Boolean).join(' ');
}

export function Button({ look = 'quiet', ...props }: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" {...props} className={buttonClass(look)} />;
}

/** A button of one icon; its name is for screen readers and shows on hover. */
export function IconButton({
  icon,
  name,
  className = '',
  ...props
}: ComponentProps<'button'> & { icon: IconName; name: string }) {
  return (
    <button
      type="button"
      {...props}
      aria-label={name}
      title={name}
      className={`${styles.button} ${styles.square} ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}
