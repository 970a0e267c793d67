using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Many resources at once from CSV: /chargestations/import, /users/import, /tokens/import.</summary>
internal sealed class ImportsApi(Importer importer, NewStations stations, UsersApi users, TokensApi tokens)
{
    public IReadOnlyList<ApiRoute> Routes =>
    [
        Route("chargestations", StationShapes.NewStation, "endpoint", stations.Prepare),
        Route("users", UsersApi.Shape, null, users.Prepare),
        Route("tokens", TokensApi.Shape, "physicalId", tokens.Prepare),
    ];

    private ApiRoute Route(string resource, Shape shape, string? key, PrepareRow prepare) => new(
        "POST", $"/{resource}/import", $"write:{resource}", call => importer.Run(call, shape, key, prepare))
    {
        Summary = $"Make {resource} from CSV; the first line names fields as the JSON body does (address.city, "
            + "connectors[0].type). The answer tells of every row. all_or_nothing=true: one wrong row and nothing is "
            + "made; dry_run=true: nothing is made.",
        Answer = typeof(ImportResource), Creates = false, Rows = shape, Query = Importer.Switches,
    };
}
