using System.Globalization;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Demo;

/// <summary>Resources in a few words.</summary>
internal static class DemoWords
{
    /// <summary>"status=Started  12.34 kWh  7.20 EUR".</summary>
    public static string Session(JsonNode session)
    {
        var energy = (decimal?)session["metrics"]?["energyConsumed"] ?? 0;
        var words = $"status={session["status"]}  {energy / 1000m:0.00} kWh";
        return session["cost"] is { } cost ? $"{words}  {Money(cost["amount"]!, cost)}" : words;
    }

    /// <summary>"ENERGY 16.000 kWh x 0.45 = 7.2000 + 19 % tax 1.3680 = 8.5680 EUR": it adds up.</summary>
    public static string Line(JsonNode line, JsonNode cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(string)line["type"]!,-12} {Number(line, "quantity"),9:0.000} {(string)line["unit"]!,-4} x "
        + $"{Number(line, "unitPrice"):0.00} = {Number(line, "beforeTax"),8:0.0000} + {Number(line, "tax"):0.##} % tax "
        + $"{Number(line, "totalTax"),7:0.0000} = {Number(line, "totalCost"),8:0.0000} {Currency(cost)}");

    public static string Money(JsonNode amount, JsonNode cost) =>
        $"{(decimal)amount:0.00} {Currency(cost)}";

    private static string Currency(JsonNode cost) => ((string)cost["currency"]!).ToUpperInvariant();

    private static decimal Number(JsonNode node, string name) => (decimal)node[name]!;
}
