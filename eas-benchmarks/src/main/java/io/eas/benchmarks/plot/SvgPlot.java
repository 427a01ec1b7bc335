package io.eas.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.Stroke;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import io.eas.benchmarks.report.Figure;
import io.eas.benchmarks.report.Figure.Series;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Draws figures as SVG, on a white background, so that they can be read on dark pages
 * too. Series differ by their strokes or their brightness as well as by their colors.
 */
final class SvgPlot {

	private static final String NAMESPACE = "http://www.w3.org/2000/svg";

	private static final int WIDTH = 820;

	private static final int HEIGHT = 400;

	/** The colors of Okabe and Ito, which color-blind people can tell apart. */
	private static final Color[] COLORS = { new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73),
			new Color(0xCC79A7), new Color(0xD55E00), new Color(0x56B4E9) };

	private static final float[][] DASHES = { { 1, 0 }, { 9, 4 }, { 3, 3 }, { 10, 3, 2, 3 }, { 14, 4 }, { 2, 5 } };

	private static final Color INK = new Color(0x222222);

	private static final Color GRID = new Color(0xCCCCCC);

	static {
		// otherwise, the title of the vertical axis would be a path instead of text
		TextUtils.setUseDrawRotatedStringWorkaround(false);
	}

	private SvgPlot() {
	}

	/**
	 * Draws a figure.
	 * @param figure the figure
	 * @param directory an existing directory
	 * @return the file
	 * @throws IOException if it can't be written
	 */
	static Path draw(Figure figure, Path directory) throws IOException {
		JFreeChart chart = figure.categories().isEmpty() ? lines(figure) : bars(figure);
		Document document = document();
		SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
		context.setPrecision(2);
		context.setComment(null);
		SVGGraphics2D graphics = new SVGGraphics2D(context, false);
		chart.draw(graphics, new Rectangle(WIDTH, HEIGHT));
		Element root = graphics.getRoot();
		root.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
		root.setAttribute("role", "img");
		Element title = document.createElementNS(NAMESPACE, "title");
		title.setTextContent(figure.title());
		root.insertBefore(title, root.getFirstChild());
		Path file = directory.resolve(figure.name() + ".svg");
		try (Writer writer = Files.newBufferedWriter(file)) {
			graphics.stream(root, writer, false, false);
		}
		return file;
	}

	private static Document document() {
		try {
			return DocumentBuilderFactory.newNSInstance()
				.newDocumentBuilder()
				.getDOMImplementation()
				.createDocument(NAMESPACE, "svg", null);
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException("the JDK makes no XML documents", ex);
		}
	}

	private static JFreeChart lines(Figure figure) {
		XYSeriesCollection data = new XYSeriesCollection();
		for (Series each : figure.series()) {
			XYSeries line = new XYSeries(each.name());
			for (int i = 0; i < each.x().size(); i++) {
				line.add(each.x().get(i), each.y().get(i));
			}
			data.addSeries(line);
		}
		JFreeChart chart = ChartFactory.createXYLineChart(figure.title(), figure.x(), figure.y(), data);
		style(chart);
		XYPlot plot = chart.getXYPlot();
		plot.setRangeGridlinePaint(GRID);
		plot.setDomainGridlinesVisible(false);
		plot.getRangeAxis().setUpperMargin(0.15);
		XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
		renderer.setDrawSeriesLineAsPath(true);
		for (int i = 0; i < figure.series().size(); i++) {
			renderer.setSeriesPaint(i, COLORS[i % COLORS.length]);
			renderer.setSeriesStroke(i, stroke(i));
		}
		plot.setRenderer(renderer);
		figure.marks().forEach((mark) -> plot.addDomainMarker(marker(mark)));
		return chart;
	}

	private static Stroke stroke(int index) {
		return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[index % DASHES.length], 0);
	}

	private static ValueMarker marker(Figure.Mark mark) {
		ValueMarker marker = new ValueMarker(mark.x(), INK, new BasicStroke(1));
		marker.setLabel(mark.label());
		marker.setLabelFont(font(Font.BOLD, 12));
		marker.setLabelPaint(INK);
		marker.setLabelBackgroundColor(Color.WHITE);
		marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
		marker.setLabelTextAnchor(TextAnchor.TOP_LEFT);
		marker.setLabelOffset(new RectangleInsets(2, 4, 2, 4));
		return marker;
	}

	private static JFreeChart bars(Figure figure) {
		DefaultCategoryDataset data = new DefaultCategoryDataset();
		for (Series each : figure.series()) {
			for (int i = 0; i < each.y().size(); i++) {
				data.addValue(each.y().get(i), each.name(), figure.categories().get(i));
			}
		}
		JFreeChart chart = ChartFactory.createBarChart(figure.title(), figure.x(), figure.y(), data,
				PlotOrientation.HORIZONTAL, true, false, false);
		style(chart);
		CategoryPlot plot = chart.getCategoryPlot();
		plot.setRangeGridlinePaint(GRID);
		plot.getRangeAxis().setUpperMargin(0.1);
		BarRenderer renderer = (BarRenderer) plot.getRenderer();
		renderer.setBarPainter(new StandardBarPainter());
		renderer.setShadowVisible(false);
		renderer.setItemMargin(0.05);
		renderer.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator());
		renderer.setDefaultItemLabelsVisible(true);
		renderer.setDefaultItemLabelPaint(INK);
		renderer.setDefaultItemLabelFont(font(Font.PLAIN, 11));
		for (int i = 0; i < figure.series().size(); i++) {
			renderer.setSeriesPaint(i, COLORS[i % COLORS.length]);
		}
		return chart;
	}

	private static void style(JFreeChart chart) {
		StandardChartTheme theme = new StandardChartTheme("plots");
		theme.setExtraLargeFont(font(Font.BOLD, 16));
		theme.setLargeFont(font(Font.PLAIN, 13));
		theme.setRegularFont(font(Font.PLAIN, 12));
		theme.setSmallFont(font(Font.PLAIN, 11));
		theme.setChartBackgroundPaint(Color.WHITE);
		theme.setPlotBackgroundPaint(Color.WHITE);
		theme.setTitlePaint(INK);
		theme.setAxisLabelPaint(INK);
		theme.setTickLabelPaint(INK);
		theme.setLegendItemPaint(INK);
		theme.apply(chart);
		chart.getPlot().setOutlineVisible(false);
		chart.getLegend().setFrame(BlockBorder.NONE);
		chart.setPadding(new RectangleInsets(8, 8, 8, 16));
	}

	private static Font font(int style, int size) {
		return new Font(Font.SANS_SERIF, style, size);
	}

}
