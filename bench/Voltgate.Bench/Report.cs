using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Voltgate.Bench;

/// <summary>A table of what a scenario measured, as it stands in docs/measured.md.</summary>
internal sealed class Report(string title)
{
    private readonly StringBuilder text = new();

    public void Columns(params string[] names)
    {
        Row(names);
        Row([.. names.Select((_, i) => i == 0 ? "---" : "--:")]);
    }

    public void Row(params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    public async Task Publish(string? file)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var whole = $"{title} ({now} UTC, commit {Commit()}, {Environment.ProcessorCount} cores)\n\n{text}\n";
        await Console.Out.WriteLineAsync(whole);
        if (file is not null) await File.AppendAllTextAsync(file, whole);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The value that this share of the sorted ones does not exceed.</summary>
    public static double Quantile(double[] sorted, double share) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Fine(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Commit()
    {
        var info = new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        try
        {
            using var git = Process.Start(info);
            return git?.StandardOutput.ReadToEnd().Trim() ?? "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
