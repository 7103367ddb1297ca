import { Component, type ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { words } from '../words.ts';
import styles from './boundary.module.css';
import { CopyReport } from './copy-report.tsx';

/**
 * Stands in for a part of the page that broke while it was drawn. What the visitor made lives outside that part, so that
 * it can be drawn once more from there; `kept` says so.
 */
export class Boundary extends Component<{ kept?: string; children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Broken error={error} kept={this.props.kept} onAgain={() => this.setState({ error: null })} />;
  }
}

/** What happened, what is kept, what to do. */
export function Broken({
  error,
  kept = words.app.broken.nothingKept,
  onAgain,
}: {
  error: Error;
  kept?: string | undefined;
  onAgain: () => void;
}) {
  const { broken: say } = words.app;
  const [frame = ''] = error.stack?.split('\n').slice(1) ?? [];
  return (
    <section className={styles.broken} role="alert">
      <h2>{say.title}</h2>
      <p>
        {kept} {say.advice}
      </p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={onAgain}>
          {say.again}
        </Button>
        <Button onClick={() => location.reload()}>{say.reload}</Button>
        <CopyReport
          failed={{ code: 'broken', message: `${error.name}: ${error.message}`, facts: { at: frame.trim() } }}
        />
      </div>
    </section>
  );
}
