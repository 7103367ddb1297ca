import { count } from '../../kit/chart/format.ts';
import { words } from '../../words.ts';
import type { ROWS } from '../controls.ts';
import styles from '../rail.module.css';
import { Choice, RailGroup, Select, Slider, Switch, useControls } from '../rail.tsx';

const say = words.rank.rail;

const ROW_COUNTS = {
  '2000': count(2000),
  '10000': count(10_000),
  '30000': count(30_000),
  '100000': count(100_000),
} satisfies Record<(typeof ROWS)[number], string>;

/** What can be switched in Teach: the world that drifts, the teacher, and how the student learns. */
export function TeachRail() {
  const { teach, gradient, label } = useControls();
  const noSecondHead =
    teach === 'none' ? say.inert.noTeacher : teach === 'one-head' ? say.inert.oneHead : null;
  return (
    <>
      <RailGroup
        title={say.student}
        names={['domain', 'teach', 'gradient', 'label', 'adapter', 'w', 'alpha', 'beta']}
      >
        <Choice name="teach" label={say.teach.name} values={say.teach.values} text={say.teach.texts[teach]} />
        <Switch name="gradient" label={say.gradient.name} text={say.gradient.text} inert={noSecondHead} />
        <Switch name="label" label={say.label.name} text={say.label.text} inert={noSecondHead} />
        <Switch name="adapter" label={say.adapter.name} text={say.adapter.text} inert={noSecondHead} />
        <Slider
          name="w"
          label={say.w.name}
          text={say.w.text}
          inert={teach === 'none' ? say.inert.noTeacher : null}
        />
        <Slider
          name="beta"
          label={say.beta.name}
          text={say.beta.text}
          inert={noSecondHead ?? (gradient ? null : say.inert.gradient)}
        />
        <Slider
          name="alpha"
          label={say.alpha.name}
          text={say.alpha.text}
          inert={noSecondHead ?? (label ? null : say.inert.label)}
        />
        <Select name="domain" label={say.domain.name} values={say.domain.values} text={say.domain.text} />
      </RailGroup>
      <RailGroup title={say.teacher} names={['fm', 'delay', 'refresh', 'outage']}>
        <Choice name="fm" label={say.size.name} values={say.size.values} text={say.size.text} />
        <Slider name="delay" label={say.delay.name} text={say.delay.text} format={say.delay.unit} />
        <Slider name="refresh" label={say.refresh.name} text={say.refresh.text} format={say.refresh.unit} />
        <Switch name="outage" label={say.outage.name} text={say.outage.text} />
      </RailGroup>
      <RailGroup
        title={say.world}
        names={['level', 'categories', 'interests', 'churn', 'mix', 'rows', 'days']}
      >
        <h3 className={styles.legend}>{say.drift}</h3>
        {(['level', 'categories', 'interests', 'churn', 'mix'] as const).map((name) => (
          <Switch key={name} name={name} label={say[name].name} text={say[name].text} />
        ))}
        <Select name="rows" label={say.rows.name} values={ROW_COUNTS} text={say.rows.text} />
        <Slider name="days" label={say.days.name} text={say.days.text} />
      </RailGroup>
    </>
  );
}
