using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>
/// Each fixture, which has every field that its message may have, is read into its record and written again; and one
/// that is damaged is refused by the name of what is wrong.
/// </summary>
public class FixtureTests
{
    private static readonly Dictionary<string, V2Wire> Wires = new()
    {
        ["2.0.1"] = V2Wire.V201,
        ["2.1"] = V2Wire.V21,
    };

    public static TheoryData<string, string> Names
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var version in Wires.Keys)
                foreach (var name in Fixture.Names(version)) rows.Add(version, name);
            return rows;
        }
    }

    public static TheoryData<string> Shared => [.. Fixture.Names("2.0.1")];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fixture_read_and_written_is_itself(string version, string name)
    {
        var text = Fixture.TextOf(version, name);

        var rewritten = Rewrite(version, name, Fixture.WireOf(text));

        Assert.Null(rewritten.Violation);
        Assert.Equal(0, rewritten.ExtraFields);
        Fixture.AssertSame(text, rewritten.Written!);
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public void What_2_1_added_is_left_out_for_2_0_1(string name)
    {
        var known = PathsOf(JsonNode.Parse(Fixture.TextOf("2.0.1", name))!).ToHashSet(StringComparer.Ordinal);

        var older = Records.All[name](Edition.V21, Wires["2.0.1"], Fixture.Read("2.1", name)).Written!;

        Assert.DoesNotContain(PathsOf(JsonNode.Parse(older)!), p => !known.Contains(p));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_field_is_optional_or_named(string version, string name)
    {
        foreach (var path in PathsOf(version, name))
        {
            var root = JsonNode.Parse(Fixture.TextOf(version, name))!;
            ParentOf(root, path).AsObject().Remove(NameOf(path));

            var rewritten = Rewrite(version, name, Fixture.WireOf(root.ToJsonString()));

            if (rewritten.Violation is null) Fixture.AssertSame(root.ToJsonString(), rewritten.Written!);
            else Assert.Equal((RpcErrorCode.OccurrenceConstraintViolation, path), CodeOf(rewritten));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_of_another_type_is_named(string version, string name)
    {
        foreach (var path in PathsOf(version, name))
        {
            if (IsOpen(name, path)) continue;
            var root = JsonNode.Parse(Fixture.TextOf(version, name))!;
            var parent = ParentOf(root, path).AsObject();
            parent[NameOf(path)] = KindOf(parent, path) == JsonValueKind.True ? 1 : false;

            var rewritten = Rewrite(version, name, Fixture.WireOf(root.ToJsonString()));

            Assert.Equal((RpcErrorCode.TypeConstraintViolation, path), CodeOf(rewritten));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_that_is_too_long_or_no_word_is_named(string version, string name)
    {
        foreach (var path in PathsOf(version, name).Where(p => !IsOpen(name, p) && !IsBoundless(p)))
        {
            var root = JsonNode.Parse(Fixture.TextOf(version, name))!;
            var parent = ParentOf(root, path).AsObject();
            if (KindOf(parent, path) != JsonValueKind.String) continue;
            parent[NameOf(path)] = new string('x', 40_000);

            var rewritten = Rewrite(version, name, Fixture.WireOf(root.ToJsonString()));

            Assert.Equal((RpcErrorCode.PropertyConstraintViolation, path), CodeOf(rewritten));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_list_without_anything_in_it_is_named(string version, string name)
    {
        foreach (var path in PathsOf(version, name))
        {
            var root = JsonNode.Parse(Fixture.TextOf(version, name))!;
            var parent = ParentOf(root, path).AsObject();
            if (parent[NameOf(path)] is not JsonArray) continue;
            parent[NameOf(path)] = new JsonArray();

            var rewritten = Rewrite(version, name, Fixture.WireOf(root.ToJsonString()));

            Assert.Equal((RpcErrorCode.OccurrenceConstraintViolation, path), CodeOf(rewritten));
        }
    }

    [Theory]
    [InlineData("2.0.1", 64, 128)]
    [InlineData("2.1", 91, 181)]
    public void Every_message_of_a_version_has_its_fixtures(string version, int actions, int messages)
    {
        var names = Fixture.Names(version).ToArray();

        Assert.Equal((actions, messages), (names.Select(n => n.Split('.')[0]).Distinct().Count(), names.Length));
        Assert.Empty(names.Except(Records.All.Keys));
    }

    [Fact]
    public void No_record_is_without_a_message() =>
        Assert.Equal(Fixture.Names("2.1").ToHashSet(StringComparer.Ordinal), Records.All.Keys.ToHashSet());

    private static Rewritten Rewrite(string version, string name, WireValue payload) =>
        Records.All[name](Wires[version].Edition, Wires[version], payload);

    private static (RpcErrorCode, string) CodeOf(Rewritten rewritten)
    {
        Assert.NotNull(rewritten.Violation);
        return (rewritten.Violation.Code, rewritten.Violation.Field);
    }

    // Any JSON at all.
    private static bool IsOpen(string name, string path) =>
        name.StartsWith("DataTransfer", StringComparison.Ordinal)
        && path.StartsWith("data", StringComparison.Ordinal);

    // The schemas bound every text but these.
    private static bool IsBoundless(string path) =>
        path.EndsWith("TimeOfDay", StringComparison.Ordinal) || path.EndsWith("Date", StringComparison.Ordinal);

    private static IEnumerable<string> PathsOf(string version, string name) =>
        PathsOf(JsonNode.Parse(Fixture.TextOf(version, name))!).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> PathsOf(JsonNode node, string at = "") => node switch
    {
        JsonObject o => o.SelectMany(p => PathsOf(p.Value!, at.Length == 0 ? p.Key : $"{at}.{p.Key}")
            .Prepend(at.Length == 0 ? p.Key : $"{at}.{p.Key}")),
        JsonArray a => a.SelectMany(i => PathsOf(i!, at)),
        _ => [],
    };

    private static JsonNode ParentOf(JsonNode root, string path) => path.Split('.')[..^1].Aggregate(
        root, (node, name) => node[name] is JsonArray list ? list[0]! : node[name]!);

    private static JsonValueKind KindOf(JsonObject parent, string path) => parent[NameOf(path)]!.GetValueKind();

    private static string NameOf(string path) => path.Split('.')[^1];
}
