using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Extensions.Primitives;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Reads a list's query string by its spec; what does not exist is refused, never ignored (api-contract §1).
/// </summary>
internal sealed class ListParser(ListSpec spec)
{
    private const int MaxLimit = 1_000;
    private const int MaxErrors = 50;
    private const int MaxWords = 10;
    private const int MaxSought = 200;
    private const string Escape = @" escape '\'";

    private const string OfHistories =
        "There is no such filter; use paginate_limit, paginate_page, paginate_enabled or sort_order.";

    private readonly List<FieldError> errors = [];
    private readonly List<string> conditions = ["organization = @organization"];
    private readonly DynamicParameters values = new();
    private readonly HashSet<string> includes = new(StringComparer.Ordinal);
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private readonly StringBuilder signature = new();
    private int limit = 20;
    private int page = 1;
    private bool paged = true;
    private string? cursor;
    private string sortBy = "createdAt";
    private string direction = spec.IsHistory ? "asc" : "desc";

    public static Outcome<ListQuery> Parse(Call call, ListSpec spec) => new ListParser(spec).Parse(call);

    private Outcome<ListQuery> Parse(Call call)
    {
        values.Add("organization", call.Organization);
        signature.Append(call.Organization);
        if (spec.Where is { } always) conditions.Add(always);
        if (spec.Within is var (column, pathValue))
        {
            conditions.Add($"{column} = @within");
            values.Add("within", call.PathValue(pathValue));
            signature.Append('\n').Append(call.PathValue(pathValue));
        }

        foreach (var (name, value) in call.Http.Request.Query)
            if (errors.Count < MaxErrors) Read(name, value);
        foreach (var filter in spec.Filters)
            if (filter.Default is { } standard && !given.Contains(filter.Name)) Narrow(filter, standard);
        if (errors.Count > 0) return Refusal.Invalid(errors);
        return Assemble();
    }

    private Outcome<ListQuery> Assemble()
    {
        if (!paged) (limit, page) = (MaxLimit, 1);
        var (where, sort) = (string.Join(" and ", conditions), ColumnOf(sortBy)!);
        var same = string.Join('\n', spec.Table, where, signature, sort, direction, limit);
        var query = new ListQuery(spec, where, sort, direction, values, page, limit, includes, same);
        if (cursor is null) return query;
        return PageEdge.Parse(cursor, same) is { } edge
            ? query with { After = edge, Page = edge.Page + 1 }
            : new Refusal(
                400, "cursor_invalid",
                "paginate_cursor is not of this list with these filters; take the page before again.");
    }

    private void Read(string name, StringValues all)
    {
        if (all.Count != 1 || !given.Add(name))
        {
            Wrong(name, "Give this parameter once.");
            return;
        }

        var value = all[0] ?? "";
        switch (name)
        {
            case "paginate_limit": limit = Whole(name, value, MaxLimit); break;
            case "paginate_page": page = Whole(name, value, int.MaxValue); break;
            case "paginate_enabled": paged = Flag(name, value); break;
            case "sort_order": direction = Direction(value); break;
            case var _ when spec.IsHistory: Wrong(name, OfHistories); break;
            case "paginate_cursor": cursor = value; break;
            case "sort_by" when ColumnOf(value) is null: Wrong(name, $"Sort by one of {Sortable}."); break;
            case "sort_by": sortBy = value; break;
            default: Narrow(name, value); break;
        }
    }

    private void Narrow(string name, string value)
    {
        if (name.StartsWith("include_", StringComparison.Ordinal) && spec.Includes.Contains(name["include_".Length..]))
        {
            if (Flag(name, value)) includes.Add(name["include_".Length..]);
        }
        else if (name.IndexOf('[') is > 0 and var bracket)
        {
            Range(name, bracket, value);
        }
        else if (spec.Filters.FirstOrDefault(f => f.Name == name) is { } filter)
        {
            Narrow(filter, value);
        }
        else
        {
            Wrong(name, "There is no such filter; use "
                + string.Join(", ", spec.Filters.Select(f => f.Name).Append("createdAt[$gte]")) + ".");
        }
    }

    private void Narrow(Filter filter, string value)
    {
        if (value.Contains('\0')) Wrong(filter.Name, "Send text without NUL.");
        else if (filter.Kind == FilterKind.Family && value.EndsWith(".*", StringComparison.Ordinal))
            Condition($"substr({filter.Column}, 1, {value.Length - 1})", "=", value[..^1]);
        else if (filter.Kind is FilterKind.Text or FilterKind.Family) Condition(filter.Column, "=", value);
        else if (filter.Kind == FilterKind.Part)
            Condition($"lower({filter.Column})", "like", $"%{Escaped(value.ToLowerInvariant())}%", Escape);
        else if (filter.Kind == FilterKind.Flag) Condition(filter.Column, "=", Flag(filter.Name, value));
        else if (filter.Kind == FilterKind.From) Condition(filter.Column, ">=", Time(filter.Name, value));
        else if (filter.Kind == FilterKind.To) Condition(filter.Column, "<=", Time(filter.Name, value));
        else if (filter.Kind == FilterKind.Search) Seek(filter, value);
        else if (WordOf(filter, value) is { } word) Condition(filter.Column, "=", word, filter.Closing);
        else Wrong(filter.Name, $"Send one of {string.Join(", ", filter.Words)}.");
    }

    private void Seek(Filter filter, string value)
    {
        var words = SearchText.Words(value);
        if (words.Count is 0 or > MaxWords || value.Length > MaxSought)
            Wrong(filter.Name, $"Send 1 to {MaxWords} words, of {MaxSought} characters in all.");
        else
            foreach (var word in words) Condition(filter.Column, "like", $"%{Escaped(word)}%", Escape);
    }

    private static string? WordOf(Filter filter, string value) =>
        filter.Words.FirstOrDefault(w => string.Equals(w, value, StringComparison.OrdinalIgnoreCase));

    /// <summary>createdAt[$gte]=… and its kin.</summary>
    private void Range(string name, int bracket, string value)
    {
        var column = name[..bracket] switch
        {
            "createdAt" => spec.CreatedAt,
            "updatedAt" => spec.UpdatedAt,
            _ => null,
        };
        var comparison = name[bracket..] switch
        {
            "[$gte]" => ">=",
            "[$lte]" => "<=",
            "[$gt]" => ">",
            "[$lt]" => "<",
            _ => null,
        };
        if (column is null || comparison is null)
            Wrong(name, "There is no such filter; use createdAt or updatedAt with [$gte], [$lte], [$gt] or [$lt].");
        else
            Condition(column, comparison, Time(name, value));
    }

    private static string Escaped(string value) =>
        value.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");

    private void Condition(string column, string comparison, object value, string suffix = "")
    {
        var parameter = "v" + conditions.Count;
        conditions.Add($"{column} {comparison} @{parameter}{suffix}");
        values.Add(parameter, value);
        signature.Append('\n').Append(value);
    }

    private int Whole(string name, string value, int max)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            && number <= max)
            return number;
        Wrong(name, $"Send a whole number from 1 to {max}.");
        return 1;
    }

    private bool Flag(string name, string value)
    {
        if (bool.TryParse(value, out var flag)) return flag;
        Wrong(name, "Send true or false.");
        return false;
    }

    private long Time(string name, string value)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)) return ms;

        // A plus sign that was not percent-encoded arrives as a blank.
        if (DateTimeOffset.TryParse(
                value.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return at.ToUnixTimeMilliseconds();
        Wrong(name, "Send a time as ISO 8601 in UTC: 2026-01-02T03:04:05.678Z.");
        return 0;
    }

    private string Direction(string value)
    {
        if (string.Equals(value, "asc", StringComparison.OrdinalIgnoreCase)) return "asc";
        if (!string.Equals(value, "desc", StringComparison.OrdinalIgnoreCase)) Wrong("sort_order", "Send asc or desc.");
        return "desc";
    }

    private string Sortable => string.Join(", ", spec.Sorts.Keys.Prepend("createdAt"));

    private string? ColumnOf(string sort) => sort switch
    {
        "createdAt" => spec.CreatedAt,
        "updatedAt" => spec.UpdatedAt,
        _ => spec.Sorts.GetValueOrDefault(sort),
    };

    private void Wrong(string field, string message) => errors.Add(new FieldError(field, message));
}
