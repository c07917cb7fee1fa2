# The course in a container:
#   docker build -t curso . && docker run --rm -it -p 127.0.0.1:8888:8888 curso
# and open the address that it prints. Keep your exercises: -v ejercicios:/home/curso/curso/exercises
# (a volume with a name, which begins as a copy; a folder of yours would hide them).
FROM python:3.12.11-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1=12.2.0-* make=4.3-* \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 curso \
    && install --directory --owner=curso --group=curso /home/curso/curso

USER 1000
WORKDIR /home/curso/curso
# First what decides the packages, so that a changed lesson does not install them again.
COPY --chown=curso:curso Makefile README.md LICENSE pyproject.toml requirements.txt ./
COPY --chown=curso:curso tools/ tools/
COPY --chown=curso:curso course_utils/ course_utils/
COPY --chown=curso:curso datasets/ datasets/
RUN make venv
COPY --chown=curso:curso . .

ENV LAB_IP=0.0.0.0
EXPOSE 8888
CMD ["make", "lab"]
