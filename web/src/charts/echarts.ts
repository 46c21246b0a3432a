/** Only what is drawn; this module is loaded when the first chart appears. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, BarChart, GridComponent, MarkLineComponent, MarkAreaComponent, CanvasRenderer]);

export { init };
