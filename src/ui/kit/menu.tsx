import { Menu } from '@base-ui/react/menu';
import styles from './menu.module.css';

/** What a menu shows when it opens, beside its trigger; stands in a `Menu.Root`. `look` is a class of the popup's own. */
export function MenuList({
  children,
  look = '',
  ...place
}: Omit<Menu.Positioner.Props, 'className'> & { look?: string | undefined }) {
  return (
    <Menu.Portal>
      <Menu.Positioner collisionPadding={8} className={styles.positioner} {...place}>
        <Menu.Popup className={`${styles.popup} ${look}`}>{children}</Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  );
}

/** One thing to do. */
export function MenuItem(item: Omit<Menu.Item.Props, 'className'>) {
  return <Menu.Item className={styles.item} {...item} />;
}
