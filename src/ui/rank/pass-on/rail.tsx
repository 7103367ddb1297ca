import { words } from '../../words.ts';
import { Choice, RailGroup, Select, Slider, useControls } from '../rail.tsx';

const { rail: say, rankers, rankerTexts } = words.passOn;

export function PassOnRail() {
  const { early, panel } = useControls();
  return (
    <>
      <RailGroup title={say.stage} names={['early', 'cut', 'budget', 'measure']}>
        <Choice name="early" label={say.early} values={rankers} text={rankerTexts[early]} />
        <Slider name="cut" label={say.cut.name} text={say.cut.text} />
        <Slider
          name="budget"
          label={say.budget.name}
          text={say.budget.text}
          format={say.budget.unit}
          inert={panel === 'recall' ? null : say.inert.budget}
        />
        <Select
          name="measure"
          label={say.measure.name}
          values={say.measures}
          text={panel === 'recall' ? say.measure.text : say.inert.measure}
        />
      </RailGroup>
      <RailGroup title={say.auction} names={['lambda']}>
        <Slider
          name="lambda"
          label={say.lambda.name}
          text={say.lambda.text}
          inert={panel === 'calibration' ? say.inert.lambda : null}
        />
      </RailGroup>
    </>
  );
}
