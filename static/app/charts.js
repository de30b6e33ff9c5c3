// Draws every <c-chart>: reads its rows from the JSON script it names, in the colours of the theme.
(() => {
  const locale = document.documentElement.lang || "en";
  const palettes = {
    light: ["#0b6272", "#f0a93a", "#6a7fdb", "#2f9e6e", "#c2577a", "#7d8a94"],
    dark: ["#3fa3b3", "#f5b547", "#8fa0ee", "#52c08f", "#e07f9e", "#9aa6af"],
  };
  const theme = () => (document.documentElement.dataset.bsTheme === "dark" ? "dark" : "light");
  const ink = () => getComputedStyle(document.body);

  const formatter = (chart) => {
    if (chart.currency) {
      return new Intl.NumberFormat(locale, { style: "currency", currency: chart.currency });
    }
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  };

  const compact = (chart) =>
    new Intl.NumberFormat(locale, {
      notation: "compact",
      ...(chart.currency ? { style: "currency", currency: chart.currency } : {}),
    });

  const tip = (chart) => (found) => {
    const points = Array.isArray(found) ? found : [found];
    const box = document.createElement("div");
    const title = document.createElement("strong");
    title.textContent = points[0].axisValueLabel || points[0].name;
    box.append(title);
    for (const point of points) {
      const row = document.createElement("div");
      row.className = "chart-tip-row";
      const dot = document.createElement("span");
      dot.className = "chart-tip-dot";
      dot.style.backgroundColor = point.color;
      const name = document.createElement("span");
      name.textContent = point.seriesName.startsWith("series") ? "" : point.seriesName;
      const value = document.createElement("span");
      value.className = "figure";
      value.textContent = formatter(chart).format(point.value);
      row.append(dot, name, value);
      box.append(row);
    }
    return box;
  };

  const series = (chart) =>
    chart.series.map((one, index) => ({
      name: one.name,
      type: one.type || chart.type || "bar",
      stack: chart.stacked && (one.type || chart.type) !== "line" ? "all" : undefined,
      data: one.values,
      barMaxWidth: 28,
      smooth: 0.25,
      showSymbol: false,
      lineStyle: { width: 2.5 },
      areaStyle: one.area || chart.area ? { opacity: 0.12 } : undefined,
      itemStyle: { borderRadius: chart.stacked && index < chart.series.length - 1 ? 0 : [3, 3, 0, 0] },
    }));

  const pie = (chart) => [
    {
      type: "pie",
      radius: ["58%", "82%"],
      data: chart.labels.map((name, index) => ({ name, value: chart.series[0].values[index] })),
      name: chart.series[0].name || "",
      label: { show: false },
      itemStyle: { borderColor: ink().getPropertyValue("background-color"), borderWidth: 2 },
    },
  ];

  const option = (chart, box) => {
    const colours = ink();
    const quiet = getComputedStyle(box).getPropertyValue("--chart-quiet").trim() || "#7a868e";
    const round = chart.type === "pie";
    const axis = {
      axisLine: { lineStyle: { color: quiet, opacity: 0.4 } },
      axisTick: { show: false },
      axisLabel: { color: quiet, fontSize: 11, hideOverlap: true },
    };
    const across = { type: "category", data: chart.labels, ...axis };
    const up = {
      type: "value",
      ...axis,
      axisLine: { show: false },
      splitLine: { lineStyle: { color: quiet, opacity: 0.18 } },
      axisLabel: { ...axis.axisLabel, formatter: (value) => compact(chart).format(value) },
    };
    return {
      animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350,
      color: palettes[theme()],
      textStyle: { fontFamily: colours.fontFamily },
      aria: { enabled: true, label: { description: box.getAttribute("aria-label") || "" } },
      grid: { left: 4, right: 8, top: chart.series.length > 1 ? 36 : 12, bottom: 10, containLabel: true },
      legend: {
        show: chart.series.length > 1 || round,
        top: round ? "bottom" : 0,
        left: round ? "center" : 0,
        icon: "roundRect",
        itemWidth: 10,
        itemHeight: 10,
        textStyle: { color: quiet },
      },
      tooltip: {
        trigger: round ? "item" : "axis",
        axisPointer: { type: "shadow", shadowStyle: { opacity: 0.25 } },
        formatter: tip(chart),
        className: "chart-tip",
        backgroundColor: theme() === "dark" ? "#28333b" : "#fff",
        borderColor: quiet,
        borderWidth: 0,
        textStyle: { color: colours.color, fontSize: 12 },
      },
      ...(round
        ? { series: pie(chart) }
        : {
            xAxis: chart.horizontal ? up : across,
            yAxis: chart.horizontal ? { ...across, inverse: true } : up,
            series: series(chart),
          }),
    };
  };

  const draw = (box) => {
    const source = document.getElementById(box.dataset.chart);
    if (!source || !window.echarts) return;
    const chart = JSON.parse(source.textContent);
    const drawn =
      window.echarts.getInstanceByDom(box) || window.echarts.init(box, null, { renderer: "svg" });
    drawn.setOption(option(chart, box), true);
    drawn.off("click");
    if (chart.links) {
      drawn.on("click", (event) => {
        const target = chart.links[event.dataIndex];
        if (target) window.location.assign(target);
      });
    }
  };

  const drawAll = (within = document) => within.querySelectorAll("[data-chart]").forEach(draw);
  document.addEventListener("DOMContentLoaded", () => drawAll());
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
  document.addEventListener("theme:change", () => drawAll());
  window.addEventListener("resize", () => {
    for (const box of document.querySelectorAll("[data-chart]")) {
      window.echarts?.getInstanceByDom(box)?.resize();
    }
  });
})();
