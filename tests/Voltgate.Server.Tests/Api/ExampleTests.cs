using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Api;

/// <summary>What an integrator reads in the document is complete, and true.</summary>
public sealed partial class ExampleTests
{
    /// <summary>Numbers that are counted in nothing: ordinals, counts, codes.</summary>
    private static readonly HashSet<string> Unitless =
    [
        "attempts", "buffer", "chargingProfileId", "connectorId", "created", "day_of_week", "evseId", "failed",
        "last_status",
        "number", "numberPhases", "page", "paginate_limit", "paginate_page", "retries", "row", "rows", "seen", "seq",
        "slot", "stackLevel", "status", "times", "total", "version", "wanted_version",
        "profile", "connected_by", "count", "inactive", "online", "sessions", "started", "unknown_stations",
    ];

    [Fact]
    public void Every_operation_has_an_example_of_what_it_takes_and_of_what_it_answers()
    {
        Assert.True(Documents.Operations.Count > 100);
        Assert.All(Documents.Operations, operation =>
        {
            Assert.True(operation.Answer.Value!["example"] is not null, $"{operation.Name} shows no answer");
            if (operation.Request is { } request && !IsEmpty(request.Value!["schema"]!))
                Assert.True(request.Value!["example"] is not null, $"{operation.Name} shows no body");
            Assert.All(
                operation.Parameters.Where(p => (string)p!["in"]! == "path"), p => Assert.NotNull(p!["example"]));
            foreach (var (status, response) in operation.Responses.Where(r => r.Key[0] != '2'))
                Assert.True(operation.CodesOf(int.Parse(status)).Any(), $"{operation.Name}: {status} has no code");
        });
    }

    [Fact]
    public async Task Every_example_fits_the_schema_beside_it() =>
        Assert.Contains("fits: ", await Documents.Judge([]), StringComparison.Ordinal);

    [Fact]
    public void Every_number_that_is_counted_in_something_says_in_what()
    {
        var silent = Numbers(Documents.OpenApi, "", "")
            .Where(n => !Unitless.Contains(n.Name) && !Unit().IsMatch(n.Description))
            .Select(n => $"{n.Name}: \"{n.Description}\"").Distinct().ToArray();
        Assert.True(
            silent.Length == 0,
            "Say the unit in the description, or list the name as one without:\n" + string.Join('\n', silent));
    }

    [Fact]
    public void Every_code_in_the_document_belongs_to_one_status()
    {
        var statuses = from operation in Documents.Operations
                       from response in operation.Responses
                       from code in operation.CodesOf(int.Parse(response.Key))
                       group response.Key by code;
        Assert.All(statuses, s => Assert.Single(s.Distinct(), status => true));
        Assert.All(statuses, s => Assert.NotNull(Documents.OpenApi["components"]!["examples"]![s.Key]));
    }

    /// <summary>A command that takes nothing: there is nothing to show.</summary>
    private static bool IsEmpty(JsonNode schema)
    {
        if ((string?)schema["$ref"] is not { } reference) return false;
        var body = Documents.OpenApi["components"]!["schemas"]![reference.Split('/')[^1]]!;
        return body["properties"] is not JsonObject { Count: > 0 };
    }

    /// <summary>Each schema of a number, under the name of its property or parameter.</summary>
    private static IEnumerable<(string Name, string Description)> Numbers(JsonNode? node, string name, string above)
    {
        if (node is JsonArray list) return list.SelectMany(item => Numbers(item, name, above));
        if (node is not JsonObject o) return [];
        if (o["in"] is not null) return Numbers(o["schema"], (string)o["name"]!, (string?)o["description"] ?? "");
        // What a list of numbers counts is said at the list.
        var description = o["description"] is JsonValue own ? (string)own! : above;
        var self = o["type"] is JsonValue type && (string)type! is "integer" or "number"
            ? [(name, description)]
            : Enumerable.Empty<(string, string)>();
        return self.Concat(o.SelectMany(p => p.Key switch
        {
            "example" or "examples" => [],
            "properties" => p.Value!.AsObject().SelectMany(f => Numbers(f.Value, f.Key, "")),
            "items" => Numbers(p.Value, name, description),
            _ => Numbers(p.Value, name, ""),
        }));
    }

    [GeneratedRegex(
        @"\b(Wh|kWh|kW|W|A|V|[Mm]illiseconds|[Ss]econds|[Mm]inutes|[Hh]ours|[Dd]ays|[Pp]ercent|degrees|[Cc]urrency|unit"
        + @"|[Ii]tems|[Cc]haracters)\b",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Unit();
}
